import type { Command } from '../../../src/decider/command.ts';
import {
  type CollectionName,
  type FileName,
  type ProjectName,
  parseCollectionName,
  parseFileName,
  parseProjectName,
  parseRunName,
  parseVersionName,
  type RunName,
  shortCollectionName,
  shortFileName,
  shortProjectName,
  shortRunName,
  shortVersionName,
  type VersionName,
} from '../../../src/values/names.ts';
import type { Parsed } from '../../../src/values/result.ts';
import { canonical } from '../stores/canonical-summary.ts';

/** Whether a scenario that writes the names of a command means just these: a slash in a name would divide it. */
export function isSayable(command: Command): boolean {
  switch (command.type) {
    case 'logVersion':
    case 'beginVersion':
      return isCollection(command.collection) && (command.run === null || isRun(command.run));
    case 'logDraft':
      return isVersion(command.base) && (command.run === null || isRun(command.run));
    case 'editAliases':
    case 'setTtl':
    case 'restoreVersion':
    case 'recoverVersion':
      return isVersion(command.version);
    case 'linkVersion':
      return isVersion(command.version) && isCollection(command.to);
    case 'unlinkVersion':
      return isVersion(command.link);
    case 'useVersion':
      return isVersion(command.version) && isRun(command.run);
    case 'deleteVersion':
      return command.target.by === 'id' || isVersion(command.target.name);
    case 'deleteCollection':
    case 'deleteMatching':
      return isCollection(command.collection);
    case 'deleteRun':
      return isRun(command.run);
    case 'deleteProject':
      return isProject(command.project);
    case 'deleteOutOfBand':
    case 'undeleteOutOfBand':
      return isFile(command.file);
    default:
      return true;
  }
}

function isCollection(name: CollectionName): boolean {
  return means(parseCollectionName(shortCollectionName(name)), name);
}

function isVersion(name: VersionName): boolean {
  return means(parseVersionName(shortVersionName(name)), name);
}

function isFile(name: FileName): boolean {
  return means(parseFileName(shortFileName(name)), name);
}

function isRun(name: RunName): boolean {
  return means(parseRunName(shortRunName(name)), name);
}

function isProject(name: ProjectName): boolean {
  return means(parseProjectName(shortProjectName(name)), name);
}

function means(read: Parsed<object>, name: object): boolean {
  return read.ok && canonical(read.value) === canonical(name);
}
