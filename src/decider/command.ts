import type { CrashCommand } from '../gc/crash.ts';
import type { GarbageCollectionStep } from '../gc/steps.ts';
import type { AliasingCommand } from '../lifecycle/aliasing.ts';
import type { DeletingCommand } from '../lifecycle/deleting.ts';
import type { LineageCommand } from '../lifecycle/lineage.ts';
import type { LinkingCommand } from '../lifecycle/linking.ts';
import type { LoggingCommand } from '../lifecycle/logging.ts';
import type { OperatingCommand } from '../lifecycle/operating.ts';
import type { RestoringCommand } from '../lifecycle/restoring.ts';
import type { UploadingCommand } from '../lifecycle/uploading.ts';

/** Everything that can be asked of the store; plain data. */
export type Command =
  | LoggingCommand
  | UploadingCommand
  | AliasingCommand
  | LinkingCommand
  | LineageCommand
  | DeletingCommand
  | RestoringCommand
  | OperatingCommand
  | GarbageCollectionStep
  | CrashCommand;
