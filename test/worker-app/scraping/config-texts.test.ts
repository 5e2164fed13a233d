import { problemsOf, shopWith } from '../../a-worker-app.js';

const problemsOfMetrics = (metrics: object) => problemsOf(shopWith({ metrics }));

const credentials = { secret: 'scrape', key: 'token' };
const EXPECTED =
  "expected text without $(NAME) (the operator's config-reloader replaces it by a variable of its own, or refuses the whole configuration)";

test.each([
  ['labels.host', { labels: { host: '$(HOSTNAME)' } }, '$(HOSTNAME)'],
  ['labels.host', { labels: { host: 'a\n$$(A_1) b' } }, 'a\n$$(A_1) b'],
  ['path', { path: '/$(HOME)' }, '/$(HOME)'],
  ['authorization.type', { authorization: { type: '$(TYPE)', credentials } }, '$(TYPE)'],
])('a variable in metrics.%s is refused: %j', (field, metrics, got) => {
  expect(problemsOfMetrics(metrics)).toEqual([`metrics.${field}: ${EXPECTED}, got ${JSON.stringify(got)}`]);
});

test.each(['$1', '${HOSTNAME}', '$()', '$(a b)', '$ (a)', '(a)'])(
  '%j is no variable to the operator',
  (host) => {
    expect(problemsOfMetrics({ labels: { host } })).toEqual([]);
  },
);
