import { diagnosticsOf } from '../diagnostics-of.js';

test.each([{ dnsPolicy: 'None' }, { dnsPolicy: 'None', dnsConfig: { searches: ['example.com'] } }] as const)(
  'pods without any name server are refused: %j',
  (props) => {
    expect(diagnosticsOf(props)).toEqual([
      'error: dnsPolicy: with None, the pods have only the name servers of dnsConfig, and it has none; set dnsConfig.nameservers',
    ]);
    expect(diagnosticsOf({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.2'] } })).toEqual([]);
  },
);
