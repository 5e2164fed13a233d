import { fstatSync, statSync, writeSync } from 'node:fs';
import type { Sized } from './fold.js';
import type { Output } from './paint.js';

// Node loads a stream when a program first asks for `process.stdout` or `process.stderr`. That takes 3 ms: a run that
// only writes messages to a pipe or a file does without.

/** A standard stream, as far as the commands use it. */
export interface StandardStream extends Sized, Output {
  write(text: string): unknown;
}

/** The streams of Node that were written to. */
const written = new Set<NodeJS.WriteStream>();

let forErrors: StandardStream | undefined;
let onLostOutput: ((error: NodeJS.ErrnoException) => void) | undefined;

/** Where messages go. */
export function standardError(): StandardStream {
  return forErrors ?? used(process.stderr);
}

/** Where results go. */
export function standardOutput(): StandardStream {
  if (onLostOutput !== undefined) process.stdout.on('error', onLostOutput);
  onLostOutput = undefined;
  return used(process.stdout);
}

function used(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  written.add(stream);
  return stream;
}

/** Calls a function once all errors of the streams are reported; never if text waits for a slow reader. */
export function whenAllIsWritten(end: () => void): void {
  if (written.size === 0) end();
  else
    setImmediate(() => {
      if ([...written].every(({ writableLength }) => writableLength === 0)) end();
    });
}

/**
 * Sets the streams up for a process that prints nothing else.
 * @param lostOutput called when standard output cannot be written
 */
export function ownStandardStreams(lostOutput: (error: NodeJS.ErrnoException) => void): void {
  onLostOutput = lostOutput;
  if (isDevice(STANDARD_ERROR)) ignoreErrors();
  else forErrors = { write: writeMessage };
}

const STANDARD_ERROR = 2;

/** Whether it is a terminal, or another device except /dev/null. */
function isDevice(descriptor: number): boolean {
  const stat = fstatSync(descriptor);
  return stat.isCharacterDevice() && stat.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}

/** Nobody reads an error of standard error. */
function ignoreErrors(): void {
  process.stderr.on('error', () => {});
}

function writeMessage(text: string): void {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(STANDARD_ERROR, rest));
  } catch (error) {
    // A pipe that is full, and does not block: only Node's stream waits for its reader.
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
    ignoreErrors();
    forErrors = undefined;
    used(process.stderr).write(rest);
  }
}
