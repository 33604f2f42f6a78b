/** Where an installation runs and what it writes to. A copy of its database finds itself in others. */
export interface Surroundings {
  /** Address and namespace, `temporal.example.com:7233/default`. */
  readonly temporal: string;
  /** Address of each Commerce instance that the account uses, by its name. */
  readonly commerce: Readonly<Record<string, string>>;
  /** Random, kept outside the database. */
  readonly installation: string;
}

/**
 * Short phrases for people, one for each thing that is not as somebody confirmed it; empty where an account may
 * write. A Commerce instance that is used no more is no difference: nothing is written to it.
 */
export function differences(confirmed: Surroundings, present: Surroundings): string[] {
  return [
    ...(present.temporal === confirmed.temporal
      ? []
      : [`Temporal is at ${present.temporal} instead of ${confirmed.temporal}`]),
    ...Object.entries(present.commerce).flatMap(([name, url]) => otherCommerce(name, url, confirmed)),
    ...(present.installation === confirmed.installation
      ? []
      : [`this is installation ${present.installation} instead of ${confirmed.installation}`]),
  ];
}

/** Why an account must not write where it is, as a sentence for the operator; undefined where it may. */
export function objection(
  account: string,
  confirmed: Surroundings | undefined,
  present: Surroundings,
): string | undefined {
  const command = `channel accounts confirm ${account}`;
  if (!confirmed)
    return `Nobody has confirmed that account ${account} may write here. Nothing is written until somebody does with \`${command}\`.`;
  const different = differences(confirmed, present);
  if (different.length === 0) return undefined;
  return `This looks like a copy of another installation: ${different.join(', ')}. Nothing is written until somebody confirms it with \`${command}\`.`;
}

function otherCommerce(name: string, url: string, { commerce }: Surroundings): string[] {
  const known = Object.hasOwn(commerce, name) ? commerce[name] : undefined;
  if (known === url) return [];
  return [
    known === undefined
      ? `Commerce ${name} at ${url} is new`
      : `Commerce ${name} is at ${url} instead of ${known}`,
  ];
}
