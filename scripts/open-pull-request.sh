#!/usr/bin/env bash
# Commits what is new in $BLOGGER_OUT to $BRANCH and opens a pull request for it; does nothing when nothing is new.
set -euo pipefail
git config user.name blogger
git config user.email blogger@users.noreply.github.com
mkdir -p "$BLOGGER_OUT"
git add "$BLOGGER_OUT"
if git diff --cached --quiet; then exit 0; fi
git switch -c "$BRANCH"
git commit -m 'New posts'
git push origin "$BRANCH"
gh pr create --title 'New posts' --body 'Written by blogger; drafts wait for a review.' --head "$BRANCH"
