/** One file of a step: `2MB`, `2MB of march`, or a reference. */
export type StoryFile = string | { readonly ref: string; readonly size?: string; readonly extra?: object };

/** The files of a step by their paths. */
export type StoryFiles = Readonly<Record<string, StoryFile>>;

/** The `server` block, or step. Durations and sizes are text, as in a scenario. */
export interface ServerBlock {
  readonly deployment?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly bucket?: BucketBlock;
  readonly retention?: string;
  readonly gcEvery?: string;
  readonly abandonAfter?: string;
  readonly sharing?: string;
  readonly latestAfterDelete?: string;
  readonly runHistoryArtifacts?: boolean;
  readonly artifactReferences?: string;
  readonly collector?: string;
  readonly 'bucket faults'?: readonly FaultBlock[];
}

/** The `bucket` block. */
export interface BucketBlock {
  readonly provider?: string;
  readonly versioning?: boolean;
  readonly lifecycle?: readonly { readonly noncurrentDays?: number; readonly newerCopies?: number }[];
  readonly softDelete?: boolean;
  readonly softDeleteDays?: number;
}

/** What goes wrong with the next calls to the bucket. */
export interface FaultBlock {
  readonly call: string;
  readonly fault: string;
  readonly times?: number;
}

type Roles = Readonly<Record<string, string>>;

/** The blocks of a scenario before its steps. */
export interface StoryHead {
  readonly begins?: string;
  readonly server?: ServerBlock;
  readonly team?: {
    readonly members?: Roles;
    readonly ttlDefault?: string;
    readonly membersMaySetTtl?: boolean;
  };
  readonly registries?: Readonly<Record<string, Roles>>;
}

/** A step of a scenario as YAML gives it: the keys of all kinds together. */
export interface StoryStep {
  readonly log?: string;
  readonly begin?: string;
  readonly upload?: string;
  readonly commit?: string;
  readonly abandon?: string;
  readonly draft?: string;
  readonly use?: string;
  readonly 'start run'?: string;
  readonly 'describe run'?: string;
  readonly 'finish run'?: string;
  readonly alias?: string;
  readonly describe?: string;
  readonly 'describe collection'?: string;
  readonly 'rename collection'?: string;
  readonly 'collection type'?: string;
  readonly delete?: string;
  readonly 'delete collection'?: string;
  readonly 'delete run'?: string;
  readonly 'delete project'?: string;
  readonly 'delete all'?: string;
  readonly restore?: string;
  readonly recover?: string;
  readonly link?: string;
  readonly unlink?: string;
  readonly 'team ttl'?: string;
  readonly wait?: string;
  readonly collect?: string;
  readonly crash?: string;
  readonly 'bucket delete'?: string;
  readonly 'bucket undelete'?: string;
  readonly server?: ServerBlock;
  readonly as?: string;
  readonly id?: string;
  readonly type?: string;
  readonly files?: StoryFiles;
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly 'history step'?: number;
  readonly 'client ids'?: readonly string[];
  readonly announced?: string;
  readonly ttl?: string;
  readonly is?: string;
  readonly run?: string;
  readonly name?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly summary?: Readonly<Record<string, unknown>>;
  readonly group?: string | null;
  readonly 'job type'?: string;
  readonly progress?: Readonly<Record<string, unknown>>;
  readonly state?: string;
  readonly add?: readonly string[] | StoryFiles;
  readonly remove?: readonly string[];
  readonly protect?: readonly string[];
  readonly deleteAliases?: boolean;
  readonly artifacts?: boolean;
  readonly membersMaySetTtl?: boolean;
  readonly where?: WhereBlock;
  readonly to?: string;
  readonly refused?: string;
}

/** Which versions a bulk deletion picks. */
export interface WhereBlock {
  readonly without?: string;
  readonly with?: string;
  readonly 'older than'?: string;
  readonly 'keep last'?: number;
}

/** The same value without the keys that have none. */
export function compact<Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined | null> } {
  return Object.fromEntries(
    Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null),
  ) as { [Key in keyof Value]: Exclude<Value[Key], undefined | null> };
}
