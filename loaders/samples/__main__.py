"""`python -m loaders.samples`: write all sample workbooks as frames, for `seeding` to read."""

import json
import sys

from loaders.child import write_frame
from loaders.plans import read_plans
from loaders.samples.files import sample_files

for file in sample_files(read_plans()):
    write_frame(sys.stdout.buffer, json.dumps([file.file_name, file.at.isoformat()]).encode())
    write_frame(sys.stdout.buffer, file.data)
write_frame(sys.stdout.buffer, b"")
