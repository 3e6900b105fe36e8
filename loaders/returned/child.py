"""The child process that marks a stranger's workbook: `python -m loaders.returned.child`.

It reads one frame with the list, one with the file's name and one with its bytes, and answers with
the returned workbook, under the limits of every child.
"""

import json
import sys

from loaders.child import SECONDS, allow_seconds, limit_memory, read_frame, write_frame
from loaders.returned.answer import returned
from loaders.returned.listing import Listing


def main() -> None:
    limit_memory()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    # A library that prints must not spoil the frames.
    sys.stdout = sys.stderr
    allow_seconds(SECONDS)
    job, name, data = read_frame(source), read_frame(source), read_frame(source)
    if job is not None and name is not None and data is not None:
        write_frame(target, returned(data, name.decode(), Listing.from_json(json.loads(job))))


if __name__ == "__main__":
    main()
