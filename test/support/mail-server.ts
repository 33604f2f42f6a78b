import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string | undefined;
  readonly source: string;
}

export interface MailServerOptions {
  /** Without it nobody has to log in. */
  password?: string;
  /** SMTP status of the next mails, once they are sent. */
  refusals?: number[];
  /** Addresses that it does not know. */
  unknown?: readonly string[];
}

/** A mail server on this machine that keeps what it gets. */
export async function openMailServer({ password, refusals = [], unknown = [] }: MailServerOptions = {}) {
  const mails: ReceivedMail[] = [];
  const refused = (status: number) => Object.assign(new Error('Not taken'), { responseCode: status });
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: password === undefined,
    onAuth: ({ username, password: given }, _, done) =>
      given === password ? done(null, { user: username ?? '' }) : done(refused(535)),
    onRcptTo: ({ address }, _, done) => done(unknown.includes(address) ? refused(550) : null),
    onData: (stream, session, done) => {
      void text(stream).then((source) => {
        const status = refusals.shift();
        if (status !== undefined) return done(refused(status));
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          user: session.user,
          source,
        });
        done();
      });
    },
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    mails,
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise<void>((closed) => server.close(closed)),
  };
}
