"""Runs a command on a terminal of a width: terminal.py COLUMNS COMMAND ARGUMENT...

Both outputs of the command are the terminal. Prints what the terminal got, and ends with the status of the command.
"""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

screen, terminal = pty.openpty()
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
command = subprocess.Popen(
    sys.argv[2:], stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
    env={**os.environ, "TERM": "xterm"})
os.close(terminal)
while True:
    try:
        got = os.read(screen, 65536)
    except OSError:
        # Linux ends a terminal that nobody has open any more with EIO.
        break
    if not got:
        break
    sys.stdout.buffer.write(got)
sys.stdout.flush()
sys.exit(command.wait())
