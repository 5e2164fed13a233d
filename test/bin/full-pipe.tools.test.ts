import path from 'node:path';
import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { COMMAND, run } from '../run-command.js';

const cwd = temporaryFolder();
writeFiles(cwd, { 'values/shop.yaml': 'name: shop\nimage: example/shop:v1\nworkers: 2\n' });

/** Runs a command whose standard error is a full pipe that does not block, and reads it after `file` is there. */
const RUN = `
import fcntl, os, subprocess, sys, time
file, *command = sys.argv[1:]
reader, writer = os.pipe()
fcntl.fcntl(writer, fcntl.F_SETFL, fcntl.fcntl(writer, fcntl.F_GETFL) | os.O_NONBLOCK)
try:
    while True:
        os.write(writer, b"." * 4096)
except BlockingIOError:
    pass
process = subprocess.Popen(command, stderr=writer)
os.close(writer)
while not os.path.exists(file) and process.poll() is None:
    time.sleep(0.01)
time.sleep(0.5)  # the message is written now; if it is later, this test finds nothing
with open(reader) as pipe:
    print(pipe.read().replace(".", ""), end="")
sys.exit(process.wait())
`;

test('a message waits for the reader of a full pipe that does not block', () => {
  const command = [process.execPath, COMMAND, 'synth', '--output', 'out'];
  const args = ['-c', RUN, path.join(cwd, 'out/shop.k8s.yaml'), ...command];
  expect(run('python3', args, { cwd })).toEqual({
    exitCode: 0,
    stdout: 'out: 1 file written, 0 unchanged, 0 removed\n',
    stderr: '',
  });
});
