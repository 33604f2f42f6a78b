import { createServer } from 'node:net';
import { AlertRefusedError, AlertUnreachableError } from '../../../integrations/alerts/errors';
import { createMailAlerts, type MailAlertsOptions } from '../../../integrations/alerts/mail';
import type { Alert } from '../../../integrations/alerts/port';
import { type MailServerOptions, openMailServer } from '../../support/mail-server';

const alert: Alert = {
  id: 'msg_0f3c',
  at: '2026-10-01T12:00:00.000Z',
  kind: 'attention.needed',
  summary: '3 Amazon orders need you (1 late)',
  text: 'LATE, 113-0000001-0000002 (us-main)\n  Versandstätte geschlossen.\n',
  data: {},
};
const people = ['orders@example.com', 'night@example.com'];

let server: Awaited<ReturnType<typeof openMailServer>>;
afterEach(() => server.close());

async function open(options: MailServerOptions = {}, changes: Partial<MailAlertsOptions> = {}) {
  server = await openMailServer(options);
  return createMailAlerts({
    host: '127.0.0.1',
    port: server.port,
    secure: false,
    from: 'alerts@channel.example.com',
    to: people,
    timeoutMs: 2_000,
    ...changes,
  });
}

/** The error of a mail, which must name nobody. */
async function errorOf(sending: Promise<unknown>): Promise<unknown> {
  const error = await sending.then(
    () => 'sent',
    (reason: unknown) => reason,
  );
  expect(String(error)).not.toMatch(/@|hidden/);
  return error;
}

describe('an alert by mail', () => {
  it('is plain text to all addresses, with an id that is the same for every attempt', async () => {
    const port = await open();
    expect(await port.send(alert)).toEqual({});
    expect(await port.send(alert)).toEqual({});
    expect(server.mails).toHaveLength(2);
    for (const { from, to, source } of server.mails) {
      expect([from, to]).toEqual(['alerts@channel.example.com', people]);
      expect(source).toMatch(/^Subject: 3 Amazon orders need you \(1 late\)\r$/m);
      expect(source).toMatch(/^Message-ID: <msg_0f3c@channel\.example\.com>\r$/m);
      expect(source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
      expect(source).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m);
      expect(source).toContain('Versandst=C3=A4tte geschlossen.');
    }
  });

  it('logs in where the settings say so', async () => {
    const port = await open({ password: 'hidden' }, { login: { user: 'channel', password: 'hidden' } });
    await port.send(alert);
    expect(server.mails).toMatchObject([{ user: 'channel' }]);
  });

  it('needs a person where the password is wrong', async () => {
    const port = await open({ password: 'hidden' }, { login: { user: 'channel', password: 'wrong' } });
    const error = await errorOf(port.send(alert));
    expect(error).toBeInstanceOf(AlertRefusedError);
    expect(String(error)).toContain('refuses user or password (EAUTH, answered 535)');
    expect(server.mails).toEqual([]);
  });

  it('says which part of the addresses the server does not know', async () => {
    const port = await open({ unknown: ['night@example.com'] });
    expect(await port.send(alert)).toEqual({ problem: 'the mail server refuses 1 of 2 addresses' });
    expect(server.mails).toMatchObject([{ to: ['orders@example.com'] }]);
  });

  it.each([
    [
      'all addresses unknown',
      { unknown: people },
      AlertRefusedError,
      'refuses the mail (EENVELOPE, answered 550)',
    ],
    [
      'a refusal for good',
      { refusals: [554] },
      AlertRefusedError,
      'refuses the mail (EMESSAGE, answered 554)',
    ],
    [
      'a refusal for now',
      { refusals: [451] },
      AlertUnreachableError,
      'takes nothing now (EMESSAGE, answered 451)',
    ],
  ])('is told apart: %s', async (_, options, kind, words) => {
    const port = await open(options);
    const error = await errorOf(port.send(alert));
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toContain(words);
  });

  it('is sent again later where nothing listens or nobody greets', async () => {
    const port = await open();
    await server.close();
    expect(await errorOf(port.send(alert))).toBeInstanceOf(AlertUnreachableError);
    const mute = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => mute.once('listening', listening));
    const { port: mutePort } = mute.address() as { port: number };
    const waiting = await open({}, { port: mutePort, timeoutMs: 100 });
    expect(String(await errorOf(waiting.send(alert)))).toContain('takes nothing now (ETIMEDOUT)');
    mute.close();
  });

  it('goes nowhere without encryption, except on this machine', async () => {
    // A name of this machine that is not taken for one.
    const port = await open({}, { host: 'LOCALHOST' });
    expect(String(await errorOf(port.send(alert)))).toContain('offers no encryption (ETLS');
    expect(server.mails).toEqual([]);
  });

  it('is given up when it is cancelled', async () => {
    const port = await open();
    const signal = AbortSignal.abort(new Error('The worker ends'));
    await expect(port.send(alert, { signal })).rejects.toThrow('The worker ends');
    expect(server.mails).toEqual([]);
  });
});
