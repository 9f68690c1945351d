/**
 * A certificate for localhost and 127.0.0.1 that vouches for itself, and its key. Both are public and worth nothing: they are
 * trusted only by tests, which name it as the one authority they believe. Valid from 2020 to 2120.
 */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBZjCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABA9jvAnfna4JkOi8
1J7hK04UOXdc4l8QoPd00UyloxPK9zigbbcLSrNQ2GlGdx6JZFJ6kjuASIZcvvfB
ejOPVQKjTjBMMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBR8TlUFcEkuOeNcVWDt7kLEjo8h1jAKBggqhkjOPQQD
AgNHADBEAiApuYvGtQzHpPjQXp9e7kw8lMxaPqboxg30sK2yXQXVFgIgfnzF6wMb
KL3qK+LhsEz63EavQwB57bd8orUx+PjN6o4=
-----END CERTIFICATE-----
`

export const PRIVATE_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3jpfMbqHjShUqjwx
MXW6bSNe8EeBZqG2RqORgvLT0N2hRANCAAQPY7wJ352uCZDovNSe4StOFDl3XOJf
EKD3dNFMpaMTyvc4oG23C0qzUNhpRnceiWRSepI7gEiGXL73wXozj1UC
-----END PRIVATE KEY-----
`
