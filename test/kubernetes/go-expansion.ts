const [OPERATOR, OPENER, CLOSER] = ['$', '(', ')'].map((character) => character.charCodeAt(0));

/**
 * Kubernetes' expansion of a text, byte by byte as its Go source has it: a name without a value stays a reference.
 * @see third_party/forked/golang/expansion/expand.go
 */
export function kubernetesExpands(text: string, variables: Readonly<Record<string, string>> = {}): string {
  const input = Buffer.from(text);
  const output: Buffer[] = [];
  let checkpoint = 0;
  for (let cursor = 0; cursor < input.length; cursor++) {
    if (input[cursor] !== OPERATOR || cursor + 1 >= input.length) continue;
    output.push(input.subarray(checkpoint, cursor));
    const { read, isVariable, advance } = variableName(input.subarray(cursor + 1));
    const value = Object.hasOwn(variables, read) ? variables[read] : `$(${read})`;
    output.push(Buffer.from(isVariable ? (value ?? '') : read));
    cursor += advance;
    checkpoint = cursor + 1;
  }
  return Buffer.concat([...output, input.subarray(checkpoint)]).toString();
}

function variableName(input: Buffer): { read: string; isVariable: boolean; advance: number } {
  const [first = 0] = input;
  if (first === OPERATOR) return { read: '$', isVariable: false, advance: 1 };
  if (first === OPENER) {
    const end = input.indexOf(CLOSER ?? 0);
    return end === -1
      ? { read: '$(', isVariable: false, advance: 1 }
      : { read: input.subarray(1, end).toString(), isVariable: true, advance: end + 1 };
  }
  // Go makes a character of a byte here.
  return { read: `$${String.fromCharCode(first)}`, isVariable: false, advance: 1 };
}
