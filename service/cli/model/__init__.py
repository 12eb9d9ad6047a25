"""The commands about bundles, and about the deployment that is served."""
