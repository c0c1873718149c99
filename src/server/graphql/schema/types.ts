/** What clients read: scalars, enums, `Query`, and the types that it reaches. */
export const TYPES = /* GraphQL */ `
scalar JSONString
scalar Int64
scalar DateTime
scalar JSON

enum ArtifactState { PENDING COMMITTED DELETED }
enum ArtifactCollectionState { READY DELETED }
enum ArtifactManifestType { FULL INCREMENTAL PATCH }
enum ArtifactStorageLayout { V1 V2 }
enum ArtifactDigestAlgorithm { MANIFEST_MD5 MANIFEST_XXH128 }
enum CompleteMultipartAction { Complete Abort }
enum RampIDType { OrgName Username }

type Query {
  viewer: User
  serverInfo: ServerInfo
  project(name: String, entityName: String): Project
  model(name: String, entityName: String): Project
  entity(name: String): Entity
  organization(name: String!): Organization
  artifact(id: ID!): Artifact
  artifactCollection(id: ID!): ArtifactCollection
  clientIDMapping(clientID: ID!): ClientIDMapping
  models(entityName: String, after: String, first: Int): ProjectConnection
}
type ClientIDMapping { serverID: ID! }
type ServerInfo {
  features: [ServerFeature]
  cliVersionInfo: JSON
  latestLocalVersionInfo: LatestLocalVersionInfo
}
type LatestLocalVersionInfo { outOfDate: Boolean latestVersionString: String versionOnThisInstanceString: String }
type ServerFeature { name: String! isEnabled: Boolean! }
type ApiKey { id: ID! name: String! description: String }
type ApiKeyConnection { edges: [ApiKeyEdge!]! }
type ApiKeyEdge { node: ApiKey }
type User {
  id: ID! name: String username: String email: String admin: Boolean flags: JSONString entity: String
  deletedAt: DateTime
  apiKeys: ApiKeyConnection
  teams: EntityConnection
  organizations: [Organization!]
}
type EntityConnection { edges: [EntityEdge!]! }
type EntityEdge { node: Entity }
type Entity {
  id: ID! name: String! isTeam: Boolean user: User organization: Organization xxhashDigestsEnabled: Boolean
  storageBytes: Int64!
}
type FeatureFlag { rampKey: String! isEnabled: Boolean! }
type Organization {
  id: ID! name: String! orgEntity: Entity coreWeaveOrganizationId: String
  featureFlags(rampIDType: RampIDType!): [FeatureFlag!]
}
type PageInfo { endCursor: String hasNextPage: Boolean! }

type ProjectConnection { totalCount: Int! pageInfo: PageInfo! edges: [ProjectEdge!]! }
type ProjectEdge { node: Project cursor: String! }
type Project {
  id: ID! internalId: ID! name: String! entityName: String! entity: Entity! readOnly: Boolean createdAt: DateTime!
  isBenchmark: Boolean user: User description: String storageBytes: Int64!
  run(name: String!): Run
  bucket(name: String!, missingOk: Boolean): Run
  runCount(filters: JSONString): Int!
  runs(filters: JSONString, after: String, first: Int, order: String): RunConnection!
  artifactType(name: String!): ArtifactType
  artifactTypes(after: String, first: Int): ArtifactTypeConnection!
  artifactCollection(name: String!): ArtifactCollection
  artifactCollections(after: String, first: Int, filters: JSONString, order: String): ArtifactCollectionConnection!
  artifactCollectionMembership(name: String!): ArtifactCollectionMembership
  artifact(name: String!): Artifact
}
type ArtifactType {
  id: ID! name: String! description: String createdAt: DateTime!
  artifactCollection(name: String!): ArtifactCollection
  artifactCollections(after: String, first: Int, filters: JSONString, order: String): ArtifactCollectionConnection!
}
type ArtifactTypeConnection { totalCount: Int! pageInfo: PageInfo! edges: [ArtifactTypeEdge!]! }
type ArtifactTypeEdge { node: ArtifactType cursor: String! }
type ArtifactCollectionConnection { totalCount: Int! pageInfo: PageInfo! edges: [ArtifactCollectionEdge!]! }
type ArtifactCollectionEdge { node: ArtifactCollection cursor: String! }
type Tag { id: ID! name: String! }
type TagConnection { totalCount: Int! pageInfo: PageInfo! edges: [TagEdge!]! }
type TagEdge { node: Tag! cursor: String! }
interface ArtifactCollection {
  id: ID! name: String! description: String createdAt: DateTime! updatedAt: DateTime state: ArtifactCollectionState!
  project: Project defaultArtifactType: ArtifactType! tags: TagConnection!
  aliases(after: String, first: Int): ArtifactAliasConnection!
  artifacts(after: String, first: Int, order: String, filters: JSONString): VersionedArtifactConnection!
  artifactMembership(aliasName: String!): ArtifactCollectionMembership
}
type ArtifactSequence implements ArtifactCollection {
  id: ID! name: String! description: String createdAt: DateTime! updatedAt: DateTime state: ArtifactCollectionState!
  project: Project defaultArtifactType: ArtifactType! tags: TagConnection!
  aliases(after: String, first: Int): ArtifactAliasConnection!
  artifacts(after: String, first: Int, order: String, filters: JSONString): VersionedArtifactConnection!
  artifactMembership(aliasName: String!): ArtifactCollectionMembership
  latestArtifact: Artifact
  digestAlgorithm: ArtifactDigestAlgorithm
}
type ArtifactPortfolio implements ArtifactCollection {
  id: ID! name: String! description: String createdAt: DateTime! updatedAt: DateTime state: ArtifactCollectionState!
  project: Project defaultArtifactType: ArtifactType! tags: TagConnection!
  aliases(after: String, first: Int): ArtifactAliasConnection!
  artifacts(after: String, first: Int, order: String, filters: JSONString): VersionedArtifactConnection!
  artifactMembership(aliasName: String!): ArtifactCollectionMembership
}
type ArtifactAlias { id: ID! alias: String! artifactCollection: ArtifactCollection }
type ArtifactAliasConnection { totalCount: Int! pageInfo: PageInfo! edges: [ArtifactAliasEdge!]! }
type ArtifactAliasEdge { node: ArtifactAlias cursor: String! }
type VersionedArtifactConnection { totalCount: Int! pageInfo: PageInfo! edges: [VersionedArtifactEdge!]! }
type VersionedArtifactEdge { version: String! node: Artifact cursor: String! }
type ArtifactCollectionMembership {
  id: ID! versionIndex: Int createdAt: DateTime! aliases: [ArtifactAlias!]!
  artifactCollection: ArtifactCollection artifact: Artifact
  files(names: [String], after: String, first: Int): FileConnection!
}
type MembershipConnection { totalCount: Int! pageInfo: PageInfo! edges: [MembershipEdge!]! }
type MembershipEdge { node: ArtifactCollectionMembership cursor: String! }
type Artifact {
  id: ID! state: ArtifactState! versionIndex(artifactCollectionName: String): Int digest: String!
  digestAlgorithm: ArtifactDigestAlgorithm size: Int64! storageBytes: Int64! fileCount: Int!
  commitHash(artifactCollectionName: String): String description: String metadata: JSONString
  ttlDurationSeconds: Int64! ttlIsInherited: Boolean! historyStep: Int64 createdAt: DateTime! updatedAt: DateTime
  artifactSequence: ArtifactSequence! artifactType: ArtifactType! tags: [Tag!]!
  aliases(artifactCollectionName: String): [ArtifactAlias!]!
  artifactMemberships: MembershipConnection!
  currentManifest: ArtifactManifest
  files(names: [String], after: String, first: Int): FileConnection!
  filesByManifestEntries(storageLayout: String!, manifestVersion: String!, entries: [ArtifactManifestEntryInput!], storageRegion: String): FileConnection!
  usedBy: RunConnection! createdBy: ArtifactCreator
}
union ArtifactCreator = Run | User
type ArtifactManifest { id: ID! file: File! }
type FileConnection { totalCount: Int! pageInfo: PageInfo! edges: [FileEdge!]! }
type FileEdge { node: File cursor: String! }
type UploadUrlPart { partNumber: Int64! uploadUrl: String! }
type UploadMultipartUrls { uploadID: String! uploadUrlParts: [UploadUrlPart!]! }
type File {
  id: ID! name: String! displayName: String! url(upload: Boolean): String sizeBytes: Int64! storagePath: String mimetype: String
  updatedAt: DateTime digest: String md5: String directUrl: String! uploadUrl: String uploadHeaders: [String!]!
  uploadMultipartUrls: UploadMultipartUrls artifact: Artifact
}
type RunConnection { totalCount: Int! pageInfo: PageInfo! edges: [RunEdge!]! }
type RunEdge { node: Run! cursor: String! }
type RunArtifactConnection { totalCount: Int! pageInfo: PageInfo! edges: [RunArtifactEdge!]! }
type RunArtifactEdge { node: Artifact cursor: String! }
type Run {
  id: ID! name: String! projectId: Int! displayName: String sweepName: String state: String group: String jobType: String
  commit: String readOnly: Boolean createdAt: DateTime heartbeatAt: DateTime description: String notes: String tags: [String!]
  config: JSONString summaryMetrics: JSONString systemMetrics: JSONString historyKeys: JSON
  historyLineCount: Int eventsLineCount: Int logLineCount: Int historyTail: JSONString eventsTail: JSONString
  wandbConfig(keys: [String!]): JSONString
  stopped: Boolean project: Project user: User fileCount: Int! storageBytes: Int64!
  files(names: [String], after: String, first: Int, pattern: String): FileConnection!
  inputArtifacts(after: String, first: Int): RunArtifactConnection!
  outputArtifacts(after: String, first: Int): RunArtifactConnection!
}
`;
