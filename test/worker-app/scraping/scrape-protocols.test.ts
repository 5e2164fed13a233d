import { problemsOf, shopWith } from '../../a-worker-app.js';

const problemsOfProtocols = (...scrapeProtocols: string[]) =>
  problemsOf(shopWith({ metrics: { scrapeProtocols } }));

test('formats to ask for are taken once', () => {
  expect(problemsOfProtocols('PrometheusText0.0.4', 'PrometheusProto')).toEqual([]);
  expect(problemsOfProtocols('PrometheusProto', 'PrometheusText0.0.4', 'PrometheusProto')).toEqual([
    'metrics.scrapeProtocols[2]: "PrometheusProto" is in the list already, as number 1; remove one of the two',
  ]);
});
