"""What schemathesis must know of the schema: what a Date looks like. It runs this in its own Python; see SCHEMATHESIS_HOOKS."""

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

DATES = st.dates().flatmap(lambda day: st.sampled_from([f"{day}", f"{day:%Y-%m}", f"{day:%Y}"]))

schemathesis.graphql.scalar("Date", DATES.map(nodes.String))
