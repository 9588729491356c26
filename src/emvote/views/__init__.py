"""Views: what a query found, arranged for its readers, machines and people, with no figure rounded.

One module a command; each turns the frozen result of a query into an `emvote.views.view.View`.
"""
