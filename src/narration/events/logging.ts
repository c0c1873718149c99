import type { AliasingEvent } from '../../lifecycle/aliasing.ts';
import type { CollectionCreated } from '../../lifecycle/collection-creation.ts';
import type { LineageNoted } from '../../lifecycle/lineage.ts';
import type { VersionLinked } from '../../lifecycle/linking.ts';
import type { VersionReused } from '../../lifecycle/logging.ts';
import type { UploadingEvent } from '../../lifecycle/uploading.ts';
import { shortRunName } from '../../values/names.ts';
import { type Telling, type ToldEvent, word } from './description.ts';

/** An event by which something comes into the store, or is given a name there. */
export type LoggingEvent =
  | CollectionCreated
  | UploadingEvent
  | VersionReused
  | AliasingEvent
  | VersionLinked
  | LineageNoted;

/** Tells it; `justLogged` says that the alias that it puts came with a log. */
export function tellLogging(event: LoggingEvent, telling: Telling, justLogged: boolean): ToldEvent {
  switch (event.type) {
    case 'collectionCreated': {
      const again = event.again ? ' again, and its indexes go on' : '';
      return {
        sentence: `${telling.collection(event.collectionId)} is a ${event.kind} of type ${word(event.artifactType)}${again}`,
        rule: event.again ? 'DEL-16' : 'LOG-1',
      };
    }
    case 'versionBegun': {
      const { objects } = telling;
      const parts = [
        ...(event.uploaded.length > 0 ? [`uploads ${objects.short(event.uploaded)}`] : []),
        ...(event.alreadyStored.length > 0 ? [`already stored: ${objects.short(event.alreadyStored)}`] : []),
      ];
      const files = parts.length === 0 ? 'no files to upload' : parts.join('; ');
      return { sentence: `${telling.version(event.versionId)} is PENDING: ${files}`, rule: 'LOG-6' };
    }
    case 'versionCommitted':
      return { sentence: `${telling.version(event.versionId)} is COMMITTED`, rule: 'LOG-5' };
    case 'versionReused':
      return {
        sentence: `nothing is created: the content is that of ${telling.version(event.versionId)}`,
        rule: 'LOG-3',
      };
    case 'versionAbandoned':
      return {
        sentence: `${telling.version(event.versionId)} is PENDING_DELETION: its upload was given up`,
        rule: 'LOG-8',
      };
    case 'aliasPut': {
      const from = event.movedFrom === null ? '' : `, no longer v${event.movedFrom}`;
      return {
        sentence: `${word(event.alias)} names v${event.index} of ${telling.collection(event.collectionId)}${from}`,
        rule: justLogged && event.movedFrom === null ? 'ALI-1' : 'ALI-2',
      };
    }
    case 'aliasRemoved':
      return {
        sentence: `${word(event.alias)} no longer names v${event.index} of ${telling.collection(event.collectionId)}`,
        rule: 'ALI-5',
      };
    case 'aliasProtected':
      return {
        sentence: `${word(event.alias)} is protected in ${telling.collection(event.collectionId)}: it holds its link and the source of it`,
        rule: 'ALI-7',
      };
    case 'versionLinked':
      return {
        sentence: `${telling.collection(event.portfolioId)}:v${event.index} links to ${telling.version(event.versionId)}`,
        rule: null,
      };
    case 'lineageNoted':
      return {
        sentence: `${word(shortRunName(event.run), 60)} ${event.edge} ${telling.version(event.versionId)}`,
        rule: null,
      };
  }
}
