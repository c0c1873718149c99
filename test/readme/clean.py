import wandb

api = wandb.Api()
for collection in api.artifact_type("model", "team/demo").collections():
    for artifact in collection.artifacts():
        if "latest" not in artifact.aliases:
            artifact.delete(delete_aliases=True)
            print("deleted", artifact.name)
