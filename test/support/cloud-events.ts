/** What a message breaks of CloudEvents 1.0 (structured JSON over HTTP) and Standard Webhooks; empty if nothing. */
export function eventViolations(headers: Headers, body: string): string[] {
  const event = JSON.parse(body) as Record<string, unknown>;
  const { data, data_base64, ...attributes } = event;
  const id = headers.get('webhook-id') ?? '';
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(event.time));
  const rules: Record<string, boolean> = {
    'content-type is application/cloudevents+json':
      headers.get('content-type')?.split(';')[0] === 'application/cloudevents+json',
    'specversion is 1.0': event.specversion === '1.0',
    'id, source, type and subject are non-empty strings': ['id', 'source', 'type', 'subject'].every(
      (name) => typeof event[name] === 'string' && event[name] !== '',
    ),
    'names of attributes are lower-case letters and digits': Object.keys(attributes).every((name) =>
      /^[a-z0-9]+$/.test(name),
    ),
    'type begins with a reversed domain name and ends with a version': /^[a-z]+(\.[a-z-]+)+\.v\d+$/.test(
      String(event.type),
    ),
    'time is an RFC 3339 instant': isInstant,
    'JSON data is said to be that': event.datacontenttype === 'application/json',
    'there is data, once': data !== undefined && data_base64 === undefined,
    'webhook-id is the id of the event, without a dot': id === event.id && !id.includes('.'),
    'webhook-timestamp is in Unix seconds': /^\d{10}$/.test(headers.get('webhook-timestamp') ?? ''),
    'webhook-signature is v1': /^v1,[A-Za-z0-9+/]+=*( v1,[A-Za-z0-9+/]+=*)*$/.test(
      headers.get('webhook-signature') ?? '',
    ),
    'the body is smaller than 20 kB': body.length < 20_000,
  };
  return Object.keys(rules).filter((rule) => !rules[rule]);
}
