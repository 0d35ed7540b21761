"""Letters to families: sentences of ours, each in every language we write, that a mediator can check one by one."""
