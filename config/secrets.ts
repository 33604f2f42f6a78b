import { readFileSync } from 'node:fs';
import { createSigner } from '../integrations/erp/signature';
import type { AmazonCredentials, CloudServiceCredentials, CommerceCredentials } from './config';

/** Reads secrets from the environment and collects what is wrong with them, without a value of any. */
export interface SecretReader {
  amazon(account: string): AmazonCredentials;
  commerce(name: string): CommerceCredentials;
  cloudService(name: string): CloudServiceCredentials;
  webhookSecret(erp: string): string;
  alertWebhook(): string;
  alertSmtp(): string;
  /** Of all secrets read so far; empty when they can be used. */
  problems(): string[];
}

/** A secret stands in its variable, or in the file that `<variable>_FILE` names. */
export function createSecretReader(env: NodeJS.ProcessEnv): SecretReader {
  const missing: string[] = [];
  const wrong: string[] = [];
  const read = (name: string): string => {
    const found = lookUp(env, name);
    if (found.problem !== undefined) wrong.push(found.problem);
    else if (found.value === '') missing.push(name);
    return found.value;
  };
  const readSigning = (name: string): string => {
    const secret = read(name);
    if (secret !== '' && !isWebhookSecret(secret)) {
      wrong.push(`${name} must be whsec_ and the base64 of 24 to 64 bytes.`);
    }
    return secret;
  };
  return {
    amazon: (account) => {
      const prefix = `AMAZON_${variablePart(account)}`;
      return {
        clientId: read(`${prefix}_CLIENT_ID`),
        clientSecret: read(`${prefix}_CLIENT_SECRET`),
        refreshToken: read(`${prefix}_REFRESH_TOKEN`),
      };
    },
    commerce: (name) => {
      const prefix = `COMMERCE_${variablePart(name)}`;
      return {
        consumerKey: read(`${prefix}_CONSUMER_KEY`),
        consumerSecret: read(`${prefix}_CONSUMER_SECRET`),
        accessToken: read(`${prefix}_ACCESS_TOKEN`),
        accessTokenSecret: read(`${prefix}_ACCESS_TOKEN_SECRET`),
      };
    },
    cloudService: (name) => {
      const prefix = `COMMERCE_${variablePart(name)}`;
      return {
        clientId: read(`${prefix}_CLIENT_ID`),
        clientSecret: read(`${prefix}_CLIENT_SECRET`),
        orgId: read(`${prefix}_ORG_ID`),
      };
    },
    webhookSecret: (erp) => readSigning(`ERP_${variablePart(erp)}_WEBHOOK_SECRET`),
    alertWebhook: () => readSigning('ALERT_WEBHOOK_SECRET'),
    alertSmtp: () => read('ALERT_SMTP_PASSWORD'),
    problems: () => [...(missing.length > 0 ? [describeMissing(missing)] : []), ...wrong],
  };
}

const variablePart = (slug: string) => slug.toUpperCase().replaceAll('-', '_');

function lookUp(env: NodeJS.ProcessEnv, name: string): { value: string; problem?: string } {
  const value = env[name]?.trim() ?? '';
  const path = env[`${name}_FILE`];
  if (path === undefined || path === '') return { value };
  if (value !== '') return { value: '', problem: `${name} and ${name}_FILE are both set: keep one of them.` };
  try {
    return { value: readFileSync(path, 'utf8').trim() };
  } catch {
    // Without the path: somebody may have put the secret itself there.
    return { value: '', problem: `The file that ${name}_FILE names cannot be read.` };
  }
}

function isWebhookSecret(secret: string): boolean {
  try {
    createSigner(secret);
    return true;
  } catch {
    return false;
  }
}

function describeMissing(names: readonly string[]): string {
  const are = names.length === 1 ? 'is' : 'are';
  return `${names.join(', ')} ${are} missing in the environment; each may also be a file, named by the variable with _FILE at its end.`;
}
