/**
 * The schema: every field, argument and input field that the supported SDK versions use. Types and nullability are known
 * from clients; the service publishes none.
 */
export const SDL = /* GraphQL */ `
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
type Entity { id: ID! name: String! isTeam: Boolean user: User organization: Organization xxhashDigestsEnabled: Boolean }
type FeatureFlag { rampKey: String! isEnabled: Boolean! }
type Organization {
  id: ID! name: String! orgEntity: Entity coreWeaveOrganizationId: String
  featureFlags(rampIDType: RampIDType!): [FeatureFlag!]
}
type PageInfo { endCursor: String hasNextPage: Boolean! }

type Project {
  id: ID! internalId: ID! name: String! entityName: String! entity: Entity! readOnly: Boolean createdAt: DateTime!
  isBenchmark: Boolean user: User description: String
  run(name: String!): Run
  bucket(name: String!, missingOk: Boolean): Run
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
type ArtifactTypeConnection { pageInfo: PageInfo! edges: [ArtifactTypeEdge!]! }
type ArtifactTypeEdge { node: ArtifactType cursor: String! }
type ArtifactCollectionConnection { totalCount: Int! pageInfo: PageInfo! edges: [ArtifactCollectionEdge!]! }
type ArtifactCollectionEdge { node: ArtifactCollection cursor: String! }
type Tag { id: ID! name: String! }
type TagConnection { edges: [TagEdge!]! }
type TagEdge { node: Tag! }
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
type ArtifactAliasConnection { pageInfo: PageInfo! edges: [ArtifactAliasEdge!]! }
type ArtifactAliasEdge { node: ArtifactAlias }
type VersionedArtifactConnection { totalCount: Int! pageInfo: PageInfo! edges: [VersionedArtifactEdge!]! }
type VersionedArtifactEdge { version: String! node: Artifact cursor: String! }
type ArtifactCollectionMembership {
  id: ID! versionIndex: Int createdAt: DateTime! aliases: [ArtifactAlias!]!
  artifactCollection: ArtifactCollection artifact: Artifact
  files(names: [String!], after: String, first: Int): FileConnection!
}
type MembershipConnection { edges: [MembershipEdge!]! }
type MembershipEdge { node: ArtifactCollectionMembership }
type Artifact {
  id: ID! state: ArtifactState! versionIndex: Int digest: String! digestAlgorithm: ArtifactDigestAlgorithm
  size: Int64! fileCount: Int! commitHash: String description: String metadata: JSONString
  ttlDurationSeconds: Int64! ttlIsInherited: Boolean! historyStep: Int64 createdAt: DateTime! updatedAt: DateTime
  artifactSequence: ArtifactSequence! artifactType: ArtifactType! tags: [Tag!]! aliases: [ArtifactAlias!]!
  artifactMemberships: MembershipConnection!
  currentManifest: ArtifactManifest
  files(names: [String!], after: String, first: Int): FileConnection!
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
type RunConnection { edges: [RunEdge!]! }
type RunEdge { node: Run! }
type RunArtifactConnection { totalCount: Int! pageInfo: PageInfo! edges: [RunArtifactEdge!]! }
type RunArtifactEdge { node: Artifact cursor: String! }
type Run {
  id: ID! name: String! projectId: Int! displayName: String sweepName: String state: String group: String jobType: String
  commit: String readOnly: Boolean createdAt: DateTime heartbeatAt: DateTime description: String notes: String tags: [String!]
  config: JSONString summaryMetrics: JSONString systemMetrics: JSONString historyKeys: JSON
  historyLineCount: Int eventsLineCount: Int logLineCount: Int historyTail: JSONString eventsTail: JSONString
  wandbConfig(keys: [String!]): JSONString
  stopped: Boolean project: Project user: User
  files(names: [String!], after: String, first: Int, pattern: String): FileConnection!
  inputArtifacts(after: String, first: Int): RunArtifactConnection!
  outputArtifacts(after: String, first: Int): RunArtifactConnection!
}

type Mutation {
  upsertBucket(input: UpsertBucketInput!): UpsertBucketPayload
  createRunFiles(input: CreateRunFilesInput!): CreateRunFilesPayload
  markRunFilesUploaded(input: MarkRunFilesUploadedInput!): SuccessPayload
  createArtifact(input: CreateArtifactInput!): CreateArtifactPayload
  createArtifactManifest(input: CreateArtifactManifestInput!): ArtifactManifestPayload
  updateArtifactManifest(input: UpdateArtifactManifestInput!): ArtifactManifestPayload
  createArtifactFiles(input: CreateArtifactFilesInput!): CreateArtifactFilesPayload
  completeMultipartUploadArtifact(input: CompleteMultipartUploadArtifactInput!): CompleteMultipartPayload
  commitArtifact(input: CommitArtifactInput!): ArtifactPayload
  useArtifact(input: UseArtifactInput!): ArtifactPayload
  updateArtifact(input: UpdateArtifactInput!): ArtifactPayload
  deleteArtifact(input: DeleteArtifactInput!): ArtifactPayload
  addAliases(input: AddAliasesInput!): SuccessPayload
  deleteAliases(input: DeleteAliasesInput!): SuccessPayload
  linkArtifact(input: LinkArtifactInput!): LinkArtifactPayload
  unlinkArtifact(input: UnlinkArtifactInput!): SuccessPayload
  deleteArtifactSequence(input: DeleteArtifactSequenceInput!): CollectionPayload
  deleteArtifactPortfolio(input: DeleteArtifactPortfolioInput!): CollectionPayload
  updateArtifactSequence(input: UpdateArtifactSequenceInput!): CollectionPayload
  updateArtifactPortfolio(input: UpdateArtifactPortfolioInput!): CollectionPayload
  moveArtifactSequence(input: MoveArtifactSequenceInput!): CollectionPayload
  createArtifactCollectionTagAssignments(input: CreateArtifactCollectionTagAssignmentsInput!): TagsPayload
  deleteArtifactCollectionTagAssignments(input: DeleteArtifactCollectionTagAssignmentsInput!): SuccessPayload
}
type SuccessPayload { success: Boolean }
type ArtifactPayload { artifact: Artifact }
type CollectionPayload { artifactCollection: ArtifactCollection }
type TagsPayload { tags: [Tag!] }
type LinkArtifactPayload { versionIndex: Int artifactMembership: ArtifactCollectionMembership }
type UpsertBucketPayload { bucket: Run inserted: Boolean }
type CreateArtifactPayload { artifact: Artifact! }
type ArtifactManifestPayload { artifactManifest: ArtifactManifest! }
type CreateArtifactFilesPayload { files: FileConnection! }
type CompleteMultipartPayload { digest: String }
type RunFileUpload { name: String! uploadUrl: String }
type CreateRunFilesPayload { runID: ID! uploadHeaders: [String!] files: [RunFileUpload!]! }

input UpsertBucketInput {
  id: String name: String groupName: String modelName: String entityName: String description: String displayName: String
  notes: String config: JSONString commit: String host: String debug: Boolean jobProgram: String jobRepo: String
  jobType: String state: String sweep: String tags: [String!] summaryMetrics: JSONString clientMutationId: String
}
input CreateRunFilesInput { entityName: String! projectName: String! runName: String! files: [String!]! clientMutationId: String }
input MarkRunFilesUploadedInput { entityName: String! projectName: String! runName: String! files: [String!]! clientMutationId: String }
input ArtifactAliasInput { artifactCollectionName: String! alias: String! }
input ArtifactCollectionAliasInput { entityName: String! projectName: String! artifactCollectionName: String! alias: String! }
input TagInput { tagName: String! tagCategoryName: String attributes: JSONString }
input CreateArtifactInput {
  entityName: String! projectName: String! runName: String artifactTypeName: String! artifactCollectionName: String
  artifactCollectionNames: [String!] digest: String! digestAlgorithm: ArtifactDigestAlgorithm aliases: [ArtifactAliasInput!]
  tags: [TagInput!] metadata: JSONString description: String labels: JSONString ttlDurationSeconds: Int64 historyStep: Int64
  clientID: ID sequenceClientID: ID distributedID: String enableDigestDeduplication: Boolean storageRegion: String
  clientMutationId: String
}
input CreateArtifactManifestInput {
  artifactID: ID! baseArtifactID: ID name: String! digest: String! entityName: String! projectName: String! runName: String!
  type: ArtifactManifestType clientMutationId: String
}
input UpdateArtifactManifestInput { artifactManifestID: ID! digest: String baseArtifactID: ID clientMutationId: String }
input UploadPartsInput { partNumber: Int64! hexMD5: String! }
input CreateArtifactFileSpecInput {
  artifactID: ID! artifactManifestID: ID name: String! md5: String! mimetype: String uploadPartsInput: [UploadPartsInput!]
}
input CreateArtifactFilesInput {
  artifactFiles: [CreateArtifactFileSpecInput!]! storageLayout: ArtifactStorageLayout cloudRegionID: ID clientMutationId: String
}
input CompleteMultipartUploadArtifactInput {
  completeMultipartAction: CompleteMultipartAction! completedParts: [UploadPartsInput!]! artifactID: ID! storagePath: String!
  uploadID: String! clientMutationId: String
}
input CommitArtifactInput { artifactID: ID! clientMutationId: String }
input UseArtifactInput {
  artifactID: ID! entityName: String! projectName: String! runName: String! usedAs: String artifactEntityName: String
  artifactProjectName: String clientMutationId: String
}
input UpdateArtifactInput {
  artifactID: ID! description: String metadata: JSONString ttlDurationSeconds: Int64 tagsToAdd: [TagInput!]
  tagsToDelete: [TagInput!] aliases: [ArtifactAliasInput!] labels: JSONString clientMutationId: String
}
input DeleteArtifactInput { artifactID: ID! deleteAliases: Boolean = false clientMutationId: String }
input AddAliasesInput { artifactID: ID! aliases: [ArtifactCollectionAliasInput!]! clientMutationId: String }
input DeleteAliasesInput { artifactID: ID! aliases: [ArtifactCollectionAliasInput!]! clientMutationId: String }
input LinkArtifactInput {
  artifactID: ID clientID: ID artifactPortfolioID: ID artifactPortfolioName: String entityName: String projectName: String
  aliases: [ArtifactAliasInput!] clientMutationId: String
}
input UnlinkArtifactInput { artifactID: ID! artifactPortfolioID: ID! clientMutationId: String }
input DeleteArtifactSequenceInput { artifactSequenceID: ID! clientMutationId: String }
input DeleteArtifactPortfolioInput { artifactPortfolioID: ID! clientMutationId: String }
input UpdateArtifactSequenceInput { artifactSequenceID: ID! name: String description: String clientMutationId: String }
input UpdateArtifactPortfolioInput { artifactPortfolioID: ID! name: String description: String clientMutationId: String }
input MoveArtifactSequenceInput { artifactSequenceID: ID! destinationArtifactTypeName: String! clientMutationId: String }
input CreateArtifactCollectionTagAssignmentsInput {
  entityName: String! projectName: String! artifactCollectionName: String! tags: [TagInput!]! clientMutationID: String
}
input DeleteArtifactCollectionTagAssignmentsInput {
  entityName: String! projectName: String! artifactCollectionName: String! tags: [TagInput!]! clientMutationID: String
}

input ArtifactManifestEntryInput { name: String! digest: String! birthArtifactID: String }
`;
