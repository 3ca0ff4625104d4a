import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SignedXml } from 'xml-crypto';
import type { AlertOut } from '../../shared/model/alert.ts';
import { temporaryFolder, testServer, type Answer, type TestServer } from '../support/test-server.ts';

const pair = (): { publicKey: string; privateKey: string } =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const ours = pair();
const theirs = pair();

const w3 = 'http://www.w3.org';
const exclusive = `${w3}/2001/10/xml-exc-c14n#`;
const sha256 = { signature: `${w3}/2001/04/xmldsig-more#rsa-sha256`, digest: `${w3}/2001/04/xmlenc#sha256` };
const sha1 = { signature: `${w3}/2000/09/xmldsig#rsa-sha1`, digest: sha256.digest };
const hmac = { signature: `${w3}/2000/09/xmldsig#hmac-sha1`, digest: sha256.digest };

interface Signing {
  readonly privateKey?: string;
  readonly algorithms?: typeof sha256;
  /** An element of the message; the whole of it where none is named. */
  readonly of?: string;
}

function signed(
  xml: string,
  { privateKey = ours.privateKey, algorithms = sha256, of }: Signing = {},
): string {
  const signer = new SignedXml({
    ...{ privateKey, signatureAlgorithm: algorithms.signature, canonicalizationAlgorithm: exclusive },
  });
  if (algorithms === hmac) signer.enableHMAC();
  signer.addReference({
    ...{ xpath: of === undefined ? '/*' : `//*[local-name(.)='${of}']`, isEmptyUri: of === undefined },
    ...{ transforms: [`${w3}/2000/09/xmldsig#enveloped-signature`, exclusive] },
    ...{ digestAlgorithm: algorithms.digest },
  });
  signer.computeSignature(xml);
  return signer.getSignedXml();
}

function cap(identifier: string, msgType = 'Alert', references = ''): string {
  return (
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${identifier}</identifier>` +
    `<sender>met@example.org</sender><sent>2026-11-22T10:00:00+02:00</sent><status>Actual</status>` +
    `<msgType>${msgType}</msgType><scope>Public</scope><references>${references}</references>` +
    '<info><language>en</language><category>Met</category><event>Flood</event><urgency>Immediate</urgency>' +
    '<severity>Extreme</severity><certainty>Likely</certainty><headline>River rising</headline>' +
    '<area><areaDesc>Low bank</areaDesc><circle>1.5,1.25 3</circle></area></info></alert>'
  );
}

async function capServer(): Promise<{ server: TestServer; send: (xml: string) => Promise<Answer> }> {
  const certFile = join(temporaryFolder(), 'warning-centre.pem');
  writeFileSync(certFile, ours.publicKey);
  const server = await testServer({
    mission: { gateways: { sms: [], cap: [{ certFile }], capSignedOnly: true } },
  });
  const token = await server.token('feed');
  const headers = { 'content-type': 'application/cap+xml' };
  return { server, send: (body) => server.call('POST', '/intake/cap', { token, body, headers }) };
}

it('a signed message is believed, its signed update and cancellation too, each once', async () => {
  const { server, send } = await capServer();
  const first = await send(signed(cap('a')));
  expect([first.status, first.body]).toMatchObject([200, { what: 'raised', signature: 'verified' }]);
  const { alertId } = first.body as { alertId: string };
  expect((await send(signed(cap('a')))).body).toMatchObject({ what: 'duplicate', alertId });
  const at = (id: string): string => `met@example.org,${id},2026-11-22T10:00:00+02:00`;
  const update = signed(cap('b', 'Update', at('a')).replace('rising', 'falling'));
  expect((await send(update)).body).toMatchObject({ what: 'changed', alertId, signature: 'verified' });
  const look = async (): Promise<AlertOut> =>
    (await server.call('GET', `/api/alerts/${alertId}`, { token: await server.token('watch') }))
      .body as AlertOut;
  expect(await look()).toMatchObject({
    text: expect.stringContaining('falling') as string,
    sourceGrade: 'B',
  });
  const cancelled = await send(signed(cap('c', 'Cancel', at('b'))));
  expect(cancelled.body).toMatchObject({ what: 'cancelled', alertId });
});

it('whatever was changed, signed by another, or signed in part is refused by code and field, and raises nothing', async () => {
  const { server, send } = await capServer();
  const good = signed(cap('a'));
  const inner = signed(cap('w'));
  const [signature = ''] = /<Signature[\s\S]*<\/Signature>/.exec(inner) ?? [];
  const forged = cap('w').replace('River rising', 'All is well');
  const wrong: ReadonlyArray<readonly [string, string]> = [
    ['changed text', good.replace('River rising', 'River falling')],
    ['changed place', good.replace('1.5,1.25', '3.5,1.25')],
    ['another key', signed(cap('a'), { privateKey: theirs.privateKey })],
    ['a hash that is broken', signed(cap('a'), { algorithms: sha1 })],
    ['the public key as a shared secret', signed(cap('a'), { privateKey: ours.publicKey, algorithms: hmac })],
    ['signed in part', signed(cap('a'), { of: 'info' })],
    ['wrapped: the signed one inside a forged one', forged.replace('</alert>', `${inner}</alert>`)],
    [
      'wrapped: the signed one as an object of its signature',
      forged.replace(
        '</alert>',
        `${signature.replace('</Signature>', `<Object>${cap('w')}</Object></Signature>`)}</alert>`,
      ),
    ],
    ['signed twice', good.replace('</alert>', `${signature}</alert>`)],
    ['cut short', good.replace(/<SignatureValue>.{40}/, '<SignatureValue>')],
  ];
  for (const [what, xml] of wrong) {
    const answer = await send(xml);
    expect([what, answer.status, answer.body]).toMatchObject([
      what,
      422,
      { error: { code: 'field-invalid', field: 'Signature' } },
    ]);
  }
  const unsigned = await send(cap('a'));
  expect([unsigned.status, unsigned.body]).toMatchObject([
    422,
    { error: { code: 'field-missing', field: 'Signature' } },
  ]);
  for (const type of ['<!DOCTYPE a SYSTEM "file:///etc/passwd">', '<!DOCTYPE a [<!ENTITY a "aa">]>']) {
    const answer = await send(type + good);
    expect([answer.status, answer.body]).toMatchObject([400, { error: { code: 'bad-body' } }]);
  }
  expect(server.livePicture.picture.alerts.size).toBe(0);
});

it('what is read is what was signed: comments, which signatures pass over, change no word', async () => {
  const { server, send } = await capServer();
  const answer = await send(signed(cap('a')).replace('River rising', 'River<!-- not --> rising<!-- x -->'));
  expect(answer.body).toMatchObject({ what: 'raised', signature: 'verified' });
  const [alert] = server.livePicture.picture.alerts.values();
  expect(alert?.report.text).toBe('[en] Flood\nRiver rising');
});
