package functions

import (
	"testing"

	"darksocial/internal/lambdatest"
)

// BenchmarkStart starts functions and waits until they ask for their first
// invocation, which is our part of a cold start. hello is a function that does
// nothing, to compare with.
func BenchmarkStart(b *testing.B) {
	env := []string{"TABLE=t", "SALT_TABLE=s", "LAKE_BUCKET=b", `SITES={"example.com":{"hosts":["example.com"]}}`}
	for _, f := range []struct{ name, pkg string }{
		{"hello", "darksocial/internal/lambdatest/testdata/echo"},
		{"collect", "darksocial/functions/collect"},
		{"label", "darksocial/functions/label"},
		{"rollup", "darksocial/functions/rollup"},
	} {
		b.Run(f.name, func(b *testing.B) {
			binary := lambdatest.Build(b, f.pkg)
			for b.Loop() {
				function := lambdatest.Start(b, binary, env...)
				<-function.Asked()
				function.Stop()
			}
		})
	}
}
