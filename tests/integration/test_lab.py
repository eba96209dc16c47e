"""The lab's scenarios: virtual machines that really move, each with the verdict that it should get."""
import os
import shutil
import sys

import lmpath

NEEDED = ('ip', 'qemu-system-x86_64', 'smbd', 'smbclient', 'smbpasswd', 'gcc')

missing = [name for name in NEEDED if not shutil.which(name)]
if os.geteuid() or missing:
    print('skipped:', 'needs root' if os.geteuid() else f'not installed: {", ".join(missing)}')
    sys.exit(77)
lab = lmpath.ROOT / 'tools/lab/lab'
os.execv(sys.executable, [sys.executable, str(lab), 'test', '--lmpath', *lmpath.program()])
