import type { Store } from '../../store/store.ts';
import { formatUnixTime, type UnixTime } from '../../values/dates.ts';
import type { Instant } from '../../values/units.ts';

/** An instant of the store on the wire: an ISO date in UTC. A store that does not say when it begins begins in 1970. */
export function dateAt({ begins }: Pick<Store, 'begins'>, instant: Instant): string {
  return formatUnixTime(((begins ?? 0) + instant) as UnixTime);
}
