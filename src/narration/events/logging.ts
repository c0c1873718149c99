import type { AliasingEvent } from '../../lifecycle/aliasing.ts';
import type { CollectionCreated } from '../../lifecycle/collection-creation.ts';
import type { LineageRecorded } from '../../lifecycle/lineage.ts';
import type { VersionLinked } from '../../lifecycle/linking.ts';
import type { VersionReused } from '../../lifecycle/logging.ts';
import type { UploadingEvent } from '../../lifecycle/uploading.ts';
import { shortRunName } from '../../values/names.ts';
import { type DescriptionContext, type EventDescription, word } from './description.ts';

/** An event by which something comes into the store, or is given a name there. */
export type LoggingEvent =
  | CollectionCreated
  | UploadingEvent
  | VersionReused
  | AliasingEvent
  | VersionLinked
  | LineageRecorded;

/** Tells it; `justLogged` says that the alias that it puts came with a log. */
export function describeLogging(
  event: LoggingEvent,
  context: DescriptionContext,
  justLogged: boolean,
): EventDescription {
  switch (event.type) {
    case 'collectionCreated': {
      const again = event.again ? ' again, and its indexes go on' : '';
      return {
        sentence: `${context.collection(event.collectionId)} is a ${event.kind} of type ${word(event.artifactType)}${again}`,
        rule: event.again ? 'DEL-16' : 'LOG-1',
      };
    }
    case 'versionBegun': {
      const { objects } = context;
      const parts = [
        ...(event.uploaded.length > 0 ? [`uploads ${objects.short(event.uploaded)}`] : []),
        ...(event.alreadyStored.length > 0 ? [`already stored: ${objects.short(event.alreadyStored)}`] : []),
      ];
      const files = parts.length === 0 ? 'no files to upload' : parts.join('; ');
      return { sentence: `${context.version(event.versionId)} is PENDING: ${files}`, rule: 'LOG-6' };
    }
    case 'versionCommitted':
      return { sentence: `${context.version(event.versionId)} is COMMITTED`, rule: 'LOG-5' };
    case 'versionReused':
      return {
        sentence: `nothing is created: the content is that of ${context.version(event.versionId)}`,
        rule: 'LOG-3',
      };
    case 'versionAbandoned':
      return {
        sentence: `${context.version(event.versionId)} is PENDING_DELETION: its upload was given up`,
        rule: 'LOG-8',
      };
    case 'aliasPut': {
      const from = event.movedFrom === null ? '' : `, no longer v${event.movedFrom}`;
      return {
        sentence: `${word(event.alias)} names v${event.index} of ${context.collection(event.collectionId)}${from}`,
        rule: justLogged && event.movedFrom === null ? 'ALI-1' : 'ALI-2',
      };
    }
    case 'aliasRemoved':
      return {
        sentence: `${word(event.alias)} no longer names v${event.index} of ${context.collection(event.collectionId)}`,
        rule: 'ALI-5',
      };
    case 'aliasProtected':
      return {
        sentence: `${word(event.alias)} is protected in ${context.collection(event.collectionId)}: it holds its link and the source of it`,
        rule: 'ALI-7',
      };
    case 'versionLinked':
      return {
        sentence: `${context.collection(event.portfolioId)}:v${event.index} links to ${context.version(event.versionId)}`,
        rule: null,
      };
    case 'lineageRecorded':
      return {
        sentence: `${word(shortRunName(event.run), 60)} ${event.edge} ${context.version(event.versionId)}`,
        rule: null,
      };
  }
}
