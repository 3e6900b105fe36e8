"""A real .xls of 6 KB (sheet 数据: headings, a count, a date, 80 %, #DIV/0!, a merge), packed as text."""

import base64
import gzip

_PACKED = (
    "H4sIAAAAAAACA+1YXWzTVRQ/99+u/XeMtRtMYUCp6NhgHRmS6AziBgUdfs3AFKMTN7ruw3Vrs03DTIwF5EUhwRCDDySGZBCjiZ+J"
    "Pqhxe+NB1Ad50GgySJZo8KEa0Sxxq79z/vffdbVL1oHGj57m/O+9536cc+/5uOf2yy/KJs68W3mJsmArOWgm5SFXBk0BPXbDR2Ro"
    "2kwqlbLJqQL8q2Bal6xDJ/RXBGSdu4Gm1m2xLgvw34M9FMNvmAK0iwZQDtII5QM3wGIy11vInJkFjlsoFPgvnj/Hb47jDmAu/+d4"
    "z/6/BFgCXAosBXqtK4DKgOXAZcDlwAqxCaIbgSuAK4GVwFXA1cA1QD9wrZbjJl0y3oJ6FXC9ptWg3FCIPX8peExo0VVEHy39jFUu"
    "ur8Ei3jHOS52cRnYRnG2jVBHNBz4u2CHyNChWIYxGOk21BSdBrWU3hbqx/LdJtYHaKJAg7boR40mkf24fNfJt5R4/ocy5xuhbIYd"
    "fitWfkKcQJFbhaiDotRLBxAHezGiks6zfz0vI9g71Hbp4VHX1ls/hzd8ST0ocTiGSLwXYwZoCLUQ3Uv3CSVEfmcJjbJf3hMZiAx2"
    "RP3OMjrLPjkCaKvr72+r6+z0O910jterr5oQfxylq6lAhu+PBZjOTIX+y8LoRp50+t/RR3F2uc651hqfzKZvmIcenIe+cR66Jye9"
    "yJbHzJbzrEV3ZtPP5aSn16mZpZ80MChBKS59CYeUZQmXlOUJp5TLEm4plyeKUu3ic0dhqW18ucDR4pGB8DGwUviNKxNI1Hpc0RV6"
    "jO+V5B7h5Ery/cES2e+MTNxCS5Ls+Z9iiyYdUrinzDHVhG8T+X/yWTeVCe8wcROZv8HBfocPufXNhljgDrt7HKSC3eHH4xG0JyNr"
    "u1F81fdSixutJw7vPbV/at97ia3t8QgEXfkKOs3WZ/ancB2a9KvTug7DZgVwVu0VujT4zrRiq29ObC0B707skqNRmezMh+XqQquv"
    "XL6tsvFJoSdm1UZVfNoUVIfQM+7cKDNq5XtYxtp37hGhvSDf9en53zdWZ9Rr0vVk44aM+hnESA+kItGIAW5BtaLEdWS8faLRLhU9"
    "jB6TnpNtk3rR9OqdlpJWk/6ahk/Xg1bkU16hqRw0Q3Rh0QKa5sig8bhpyT/so7VaCi2VbhloGemWAy2HbimZx1J9gmyEd+elWyVD"
    "eeOCgRwlpHg8jzRkpJX9rJGTZR25JbuyNuomv+LUxcXDHZLesEKV4UJLoTUpDB3Sp+hHeoiXSDZbKk6a2nBZGi85kvWSRDmTNUL3"
    "JH05EjWDimUez2HR7jLK6QOXddsR3Skq45TKKzxtBoBuWH23mbmQspPD4rksFLIrR7GVQ/pMw/Jxq+tuztke6A0PxoZiXcOBXQfD"
    "kWjgjtvrWjsORKLRiOx+R29XV8O15K7Kcu9Fw0yKxGZzrEsTR1/7eaqlx/fmyybVVr//NR/5qzoCKH2IbBvNOs9t08fTo/PdYZ3z"
    "JnTee0znyj9MWzksz4khmMVHDkZJ57XcX6/XtuFP9c9HJ5uf/U5l1q/3/sWzLl64eHrTKt/JU9h/cOqtnZyFZNHadJ5ux1Vfxh7v"
    "1+8C8U7d36D7mzLeDnxW2+PxRyKDQ72xgblnxOe7ZdNmKsA/E67n+1/sJyuG5JrDNpXQcWgfuA9SHzJulqMvb/nLYW2GtrNUHu/q"
    "q247ToTAtx8vnBbI8NSi+Dsy3uALmcO+tDsdp1rwHogsWn98c+X7/l+n3+ryKsHb4mnsvx9vDtb9blhBl+iEKcN4r8RAmR9qNP+i"
    "PM7/ZuD5NP+d4BAWGSJigfnJ07CI/VcDXy/8/yPwB0UbsQUAGAAA"
)


def xls() -> bytes:
    return gzip.decompress(base64.b64decode(_PACKED))
