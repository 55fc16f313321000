#!/usr/bin/env bash
# Build the image of the course with repo2docker (pip install jupyter-repo2docker; it needs Docker):
#
#   deploy/image/build.sh registry.example.org/coursekit https://github.com/you/students v0.1.0
#
# The second is the students' copy (`python -m coursekit students-copy`), never the instructor's
# repository: each student can read all that is in the image. What follows goes to repo2docker,
# such as --push.
set -euo pipefail
if (($# < 3)); then
  sed -n '2,9p' "$0"
  exit 1
fi
name=$1 repository=$2 tag=$3
# On Kubernetes a volume lies over the home folder; so the course is put elsewhere.
exec "${REPO2DOCKER:-repo2docker}" --no-run --user-id 1000 --user-name jovyan \
  --target-repo-dir /srv/course --appendix "$(cat "$(dirname "$0")/appendix")" \
  --ref "$tag" --image-name "$name:$tag" "${@:4}" "$repository"
