import type { AccountConfig, CommerceConfig, Config } from '../config/config';
import type { Accounts } from './accounts';
import { checkLogin, checkNotifications, checkOrderAccess } from './amazon-checks';
import { CheckError } from './check-error';
import type { Orders } from './orders';
import { checkStock } from './stock-checks';
import { checkCommerce, checkErp } from './system-checks';

/** One thing that an account needs, and whether it works. */
export interface Check {
  readonly account: string;
  /** "Login with Amazon", "Commerce main" */
  readonly subject: string;
  readonly ok: boolean;
  /** What works; or what does not, and what to do. Without personal data and secrets. */
  readonly sentence: string;
}

export interface CheckTools {
  readonly config: Pick<Config, 'commerce' | 'erps'>;
  readonly accounts: Accounts;
  readonly orders: Orders;
  /** Of each check. Default 20 s. */
  readonly withinMs?: number;
}

/** All checks of one account side by side: none waits for another or hides it, but for those of one shop. Throws nothing. */
export async function checkAccount(tools: CheckTools, account: AccountConfig): Promise<Check[]> {
  const { config, withinMs = 20_000 } = tools;
  const used = (names: readonly (string | undefined)[]) =>
    new Set(names.filter((name) => name !== undefined));
  const policies = account.marketplaces.map(({ policy }) => policy);
  const commerce = used(policies.map((policy) => policy.commerce));
  const erps = used(policies.map(({ erp }) => erp));
  const check = checking(account.name, withinMs);
  const checkShop = async (shop: CommerceConfig): Promise<Check[]> => {
    const access = await check(`Commerce ${shop.name}`, () => checkCommerce(shop, account, withinMs));
    if (!access.ok) return [access];
    return [access, await check(`Stock in Commerce ${shop.name}`, () => checkStock(shop, account, withinMs))];
  };
  const checks = await Promise.all([
    check('Login with Amazon', () => checkLogin(account, withinMs)),
    check('Orders at Amazon', () => checkOrderAccess(tools.orders, account, withinMs)),
    check('Notifications', () => checkNotifications(account, withinMs)),
    ...config.commerce.filter(({ name }) => commerce.has(name)).map(checkShop),
    ...config.erps
      .filter(({ name }) => erps.has(name))
      .map((erp) => check(`ERP ${erp.name}`, () => checkErp(erp, withinMs))),
    check('Writing', () => checkWriting(tools.accounts, account)),
  ]);
  return checks.flat();
}

const checking =
  (account: string, withinMs: number) =>
  async (subject: string, work: () => Promise<string>): Promise<Check> => {
    try {
      return { account, subject, ok: true, sentence: await inTime(work(), withinMs) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { account, subject, ok: false, sentence: /[.!?]$/.test(reason) ? reason : `${reason}.` };
    }
  };

/** A little later than the calls' own time-outs, which say more. */
async function inTime<T>(work: Promise<T>, withinMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const problem = new CheckError(`No answer within ${Math.round(withinMs / 1000)} s: try again later.`);
    timer = setTimeout(() => reject(problem), withinMs + 1_000);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function checkWriting(accounts: Accounts, account: AccountConfig): Promise<string> {
  const { kind, sentence } = await accounts.writing(account);
  if (kind === 'off' || kind === 'unknown') throw new CheckError(sentence);
  return sentence;
}
