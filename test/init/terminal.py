"""Runs a command in a terminal of its own, and types answers when it asks for them.

Arguments: a JSON list of pairs, the text to wait for and the keys to type, then the command.
Prints what the terminal received, and ends with the exit code of the command.
"""

import fcntl
import json
import os
import pty
import struct
import sys
import termios

answers = json.loads(sys.argv[1])
command = sys.argv[2:]

pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))  # rows, columns
    os.execvp(command[0], command)

received = ""
seen = 0
while True:
    try:
        chunk = os.read(terminal, 65536)
    except OSError:  # Linux reports the end of a terminal as an error
        break
    if not chunk:
        break
    received += chunk.decode(errors="replace")
    if answers and answers[0][0] in received[seen:]:
        _, keys = answers.pop(0)
        seen = len(received)
        os.write(terminal, keys.encode())

sys.stdout.write(received)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
