import { Failure } from '../../shared/failure.ts';

/** Text from outside as JSON; refused with `bad-json` and where it goes wrong. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure('bad-json', `the body is not JSON: ${(cause as Error).message.slice(0, 200)}`, {
      cause,
    });
  }
}
