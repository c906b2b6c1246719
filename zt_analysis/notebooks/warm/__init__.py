"""Warm kernels: each a process of its own, forked from one that has imported the libraries already.

server       the process that imports once and forks on request
zygote       the handle on it, and on each child
kernel       what a child does to become an ordinary ipykernel
provisioner  the same for any Jupyter application (``jupyter_client.kernel_provisioners``)
engine       the same for papermill (``papermill.engine``): ``papermill --engine zt_warm``
"""
