import { podPorts } from '../../../src/worker-app/ports/application-ports.js';
import { specOf, shop } from '../../a-worker-app.js';

test('the named ports of sidecars are ports of the pods, too', () => {
  const { http } = specOf(shop());
  const nginx = { ports: [{ name: 'nginx', containerPort: 8080 }, { containerPort: 9000 }] };
  expect(podPorts({ http, ports: { grpc: 9100 }, sidecars: { nginx, proxy: {} } })).toEqual([
    { name: 'http', number: 8000 },
    { name: 'grpc', number: 9100 },
    { name: 'nginx', number: 8080 },
  ]);
});
