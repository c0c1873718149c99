/** What clients send: `Mutation`, its payloads and its inputs. */
export const MUTATION_TYPES = /* GraphQL */ `
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
  deleteRun(input: DeleteRunInput!): DeleteRunPayload
  deleteRuns(input: DeleteRunsInput!): SuccessPayload
  deleteFiles(input: DeleteFilesInput!): SuccessPayload
}
type SuccessPayload { success: Boolean clientMutationId: String }
type DeleteRunPayload { clientMutationId: String }
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
input DeleteRunInput { id: ID! deleteArtifacts: Boolean = false clientMutationId: String }
input DeleteRunsInput {
  entityName: String! projectName: String! filters: JSONString deleteArtifacts: Boolean = false clientMutationId: String
}
input DeleteFilesInput { files: [ID!]! projectId: Int clientMutationId: String }
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
