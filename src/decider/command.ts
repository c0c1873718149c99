import type { GarbageCollectionStep } from '../gc/collector.ts';
import type { CrashCommand } from '../gc/crash.ts';
import type { SkipGarbageCollection } from '../gc/skip.ts';
import type { AliasingCommand } from '../lifecycle/aliasing.ts';
import type { CascadingDeletionCommand } from '../lifecycle/cascading-deletion.ts';
import type { DropCopies } from '../lifecycle/copy-expiry.ts';
import type { DeletingCommand } from '../lifecycle/deleting.ts';
import type { ExpireVersions } from '../lifecycle/expiring.ts';
import type { LineageCommand } from '../lifecycle/lineage.ts';
import type { LinkingCommand } from '../lifecycle/linking.ts';
import type { LoggingCommand } from '../lifecycle/logging.ts';
import type { OperatingCommand } from '../lifecycle/operating.ts';
import type { ChangeBucketOutOfBand } from '../lifecycle/out-of-band.ts';
import type { RecoverVersion } from '../lifecycle/recovering.ts';
import type { RestoreVersion } from '../lifecycle/restoring.ts';
import type { TtlCommand } from '../lifecycle/time-to-live.ts';
import type { UploadingCommand } from '../lifecycle/uploading.ts';
import type { Who } from '../store/people.ts';

/** Every command; plain data. */
export type Command = AskedBy<
  | LoggingCommand
  | UploadingCommand
  | AliasingCommand
  | LinkingCommand
  | LineageCommand
  | DeletingCommand
  | CascadingDeletionCommand
  | RestoreVersion
  | RecoverVersion
  | TtlCommand
  | ExpireVersions
  | OperatingCommand
  | ChangeBucketOutOfBand
  | DropCopies
  | GarbageCollectionStep
  | SkipGarbageCollection
  | CrashCommand
>;

/** The type of a command, in the imperative. */
export type CommandType = Command['type'];

// Commands of jobs and the operator name nobody and are always permitted.
type AskedBy<Asked> = Asked & { readonly by?: Who };
