import fc from 'fast-check';
import { readManifests } from '../../../src/checks/read-manifests.js';
import { trace } from '../../../src/checks/trace/trace.js';
import { formatPlace } from '../../../src/diagnostics/diagnostic.js';
import { formatField, parseField } from '../../../src/kubernetes/field-path.js';

const SERVICE = `kind: Service
metadata:
  name: web
spec:
  ports:
    - name: http
      port: 80
    - port:
        8080
`;
const indented = (text: string) => text.replaceAll(/^(?=.)/gm, '    ').replace('    kind', '  - kind');
const LIST = `kind: List\nitems:\n${indented(SERVICE)}`;
const TEMPLATE = `apiVersion: template.openshift.io/v1\nkind: Template\nobjects:\n${indented(SERVICE)}`;

describe('the line of a field in a manifest', () => {
  test.each<[string, string, string | undefined, number]>([
    ['a field', SERVICE, 'spec.ports[0].port', 7],
    ['a field whose value is on the next line', SERVICE, 'spec.ports[1].port', 8],
    ['an item of a list', SERVICE, 'spec.ports[1]', 8],
    ['a missing field: that of its item', SERVICE, 'spec.ports[1].name', 8],
    ['no field: that of the object', SERVICE, undefined, 1],
    ['a later document', `# a comment\n---\n${SERVICE}`, 'metadata.name', 5],
    ['an object after a comment', `---\n# Source: a.yaml\n${SERVICE}`, undefined, 3],
    ['an item of a List', LIST, 'spec.ports[0].port', 9],
    ['an item of a List without a field', LIST, undefined, 3],
    ['an item of a List in a List', `kind: List\nitems:\n${indented(LIST)}`, 'metadata.name', 7],
    ['an object of an OpenShift Template', TEMPLATE, 'metadata.name', 6],
    ['a field with dots in its name', 'metadata:\n  labels:\n    a: b\n    a.b/c: d\n', 'metadata.labels["a.b/c"]', 4],
    ['a field from a merge key: that of its map', 'a: &a\n  port: 1\nb:\n  <<: *a\n', 'b.port', 4],
    ['a field of which the last counts', 'a: 1\nb: 2\na: 3\n', 'a', 3],
    ['JSON', JSON.stringify({ kind: 'Service', metadata: { name: 'web' } }, null, 1), 'metadata.name', 4],
    ['lines that end as on Windows', SERVICE.replaceAll('\n', '\r\n'), 'spec.ports[0].port', 7],
    ['lines that js-yaml indents', 'kind: Service\na: [\n1\n]\nb: 1\n', 'b', 5],
  ])('is that of %s', (_, text, field, line) => {
    const { objects } = readManifests('a.yaml', text);
    expect(objects).toHaveLength(1);
    expect(objects[0]?.placeOf(field)).toMatchObject({ file: 'a.yaml', line });
  }); // prettier-ignore

  test('is in the JSON object that has the field', () => {
    const { objects } = readManifests('a.json', '{"kind": "A"}\n{"kind": "B",\n"b": 1}\n');
    expect(objects.map(({ placeOf }) => placeOf('b').line)).toEqual([1, 3]);
  });
});

describe('several objects of one name', () => {
  const found = (texts: Readonly<Record<string, string>>) => {
    const read = Object.entries(texts).flatMap(([file, text]) => readManifests(file, text).objects);
    const places = new Map(read.map(({ manifest, placeOf }) => [manifest, placeOf]));
    return trace([...places.keys()], (manifest, field) => places.get(manifest)?.(field)).diagnostics;
  };
  const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';

  test('of one file have the line of the last, which overwrites the others', () => {
    expect(found({ 'a.yaml': `${object}---\n${object}` }).map(formatPlace)).toEqual(['a.yaml:5:1']);
  });

  test('of several files have their files', () => {
    expect(found({ 'a.yaml': object, 'b.yaml': object }).map(formatPlace)).toEqual(['a.yaml, b.yaml']);
  });
});

test('a field is read as it is written', () => {
  const key = fc.oneof(fc.nat({ max: 20 }), fc.string({ minLength: 1 }).filter((text) => text !== '__proto__'));
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.array(key), (first, others) => {
      expect(parseField(formatField([first, ...others]))).toEqual([first, ...others]);
    }),
  );
}); // prettier-ignore
