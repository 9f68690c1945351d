import { renderSVG } from 'uqr'

/** A QR code as an SVG picture without scripts, styles or links: it can stand in a page as it is, or behind `data:`. */
export function qrSvg(text: string): string {
  return renderSVG(text, { border: 4, pixelSize: 8 })
}
