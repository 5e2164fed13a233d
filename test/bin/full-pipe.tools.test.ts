import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { COMMAND, run } from '../run-command.js';

const cwd = temporaryFolder();
writeFiles(cwd, { 'values/shop.yaml': 'name: shop\nimage: example/shop:v1\nworkers: 2\n' });

/** Runs a command, one of whose streams is a full pipe that does not block, and reads it when the command waits. */
const RUN = `
import fcntl, os, subprocess, sys, time
stream, *command = sys.argv[1:]
reader, writer = os.pipe()
fcntl.fcntl(writer, fcntl.F_SETFL, fcntl.fcntl(writer, fcntl.F_GETFL) | os.O_NONBLOCK)
try:
    while True:
        os.write(writer, b"#" * 4096)
except BlockingIOError:
    pass
process = subprocess.Popen(command, **{stream: writer})
os.close(writer)
time.sleep(1.5)  # if the command writes later, this test finds nothing
with open(reader) as pipe:
    print(pipe.read().replace("#", ""), end="")
sys.exit(process.wait())
`;

test.each([
  ['stderr', ['synth', '--output', 'out'], 'out: 1 file written, 0 unchanged, 0 removed\n'],
  ['stdout', ['synth', '--output', '-'], 'apiVersion: apps/v1\n'],
])('%s of %j waits for the reader of a full pipe that does not block', (stream, args, text) => {
  expect(run('python3', ['-c', RUN, stream, process.execPath, COMMAND, ...args], { cwd })).toEqual({
    exitCode: 0,
    stdout: expect.stringContaining(text) as string,
    stderr: '',
  });
});
