import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { AlertRefusedError, AlertUnreachableError } from './errors';
import type { Alert, AlertPort } from './port';

export interface MailAlertsOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise by STARTTLS, without which nothing is sent, except on this machine. */
  readonly secure: boolean;
  readonly from: string;
  readonly to: readonly string[];
  readonly login?: { readonly user: string; readonly password: string };
  /** Of each step. Default 10 s. */
  readonly timeoutMs?: number;
}

const destination = 'mail';

/** What is read of nodemailer's errors: their sentences name people. */
const errorSchema = z.object({ code: z.string().exactOptional(), responseCode: z.int().exactOptional() });

/** Plain text mails by SMTP. A server may deliver a repetition twice; the Message-ID is the same then. */
export function createMailAlerts(options: MailAlertsOptions): AlertPort {
  const transport = transportOf(options);
  return {
    send: async (alert, { signal } = {}) => {
      const { rejected } = await transport
        .sendMail({ ...mailOf(alert, options), signal })
        .catch((error: unknown) => {
          signal?.throwIfAborted();
          throw mailError(error);
        });
      if (rejected.length === 0) return {};
      return { problem: `the mail server refuses ${rejected.length} of ${options.to.length} addresses` };
    },
  };
}

function transportOf({ host, port, secure, login, timeoutMs = 10_000 }: MailAlertsOptions) {
  const isHere = ['127.0.0.1', '::1', 'localhost'].includes(host);
  return createTransport({
    host,
    port,
    secure,
    requireTLS: !isHere,
    ignoreTLS: isHere && !secure,
    ...(login && { auth: { user: login.user, pass: login.password } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

const mailOf = ({ id, at, summary, text }: Alert, { from, to }: MailAlertsOptions) => ({
  from,
  to: [...to],
  subject: summary,
  text,
  date: new Date(at),
  messageId: `<${id}@${from.split('@').at(-1)}>`,
  headers: { 'auto-submitted': 'auto-generated' },
});

function mailError(error: unknown): unknown {
  const { code, responseCode = 0 } = errorSchema.safeParse(error).data ?? {};
  if (code === undefined) return error;
  const answer = responseCode === 0 ? code : `${code}, answered ${responseCode}`;
  const refused = (what: string) => new AlertRefusedError(destination, `the mail server ${what} (${answer})`);
  if (code === 'ETLS') return refused('offers no encryption');
  const isOver = responseCode >= 500 || (code === 'EAUTH' && responseCode < 400);
  if (isOver) return refused(`refuses ${code === 'EAUTH' ? 'user or password' : 'the mail'}`);
  return new AlertUnreachableError(destination, `the mail server takes nothing now (${answer})`);
}
