/** How a filled row writes its number, in SQL: as wide for every number, so that they sort by it. */
export const padded = (number: string): string => `CAST(${FIRST} + ${number} AS TEXT)`

/** The digest that stands for the token of a session of the crowd; they count from one. */
export const filledDigest = (number: number): string => `filled${FIRST + number}`

const FIRST = 100_000_000
