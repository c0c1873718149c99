import type { GarbageCollectionStep } from '../gc/collector.ts';
import type { CrashCommand } from '../gc/crash.ts';
import type { SkipGarbageCollection } from '../gc/skip.ts';
import type { AliasingCommand } from '../lifecycle/aliasing.ts';
import type { CollectionCommand } from '../lifecycle/changing-collections.ts';
import type { CascadingDeletionCommand } from '../lifecycle/deletion/cascading-deletion.ts';
import type { DeletingCommand } from '../lifecycle/deletion/deleting.ts';
import type { RecoverVersion } from '../lifecycle/deletion/recovering.ts';
import type { RestoreVersion } from '../lifecycle/deletion/restoring.ts';
import type { SetFacts } from '../lifecycle/describing.ts';
import type { DropCopies } from '../lifecycle/expiry/copy-expiry.ts';
import type { ExpireVersions } from '../lifecycle/expiry/expiring.ts';
import type { TtlCommand } from '../lifecycle/expiry/time-to-live.ts';
import type { LinkingCommand } from '../lifecycle/linking.ts';
import type { LineageCommand } from '../lifecycle/logging/lineage.ts';
import type { LoggingCommand } from '../lifecycle/logging/logging.ts';
import type { RunCommand } from '../lifecycle/logging/runs.ts';
import type { UploadingCommand } from '../lifecycle/logging/uploading.ts';
import type { OperatingCommand } from '../lifecycle/operation/operating.ts';
import type { ChangeBucketOutOfBand } from '../lifecycle/operation/out-of-band.ts';
import type { Who } from '../store/people.ts';

/** Every command; plain data. */
export type Command = AskedBy<
  | LoggingCommand
  | UploadingCommand
  | AliasingCommand
  | SetFacts
  | CollectionCommand
  | LinkingCommand
  | LineageCommand
  | RunCommand
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
