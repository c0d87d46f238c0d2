# Everything a person types. `make` alone lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash

GO ?= go
FUZZTIME ?= 30s

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: ## Label the sample log that ships with the project
	@$(GO) run ./cmd/darksocial classify --format cloudfront --site example.com events/classify/cloudfront.log

.PHONY: build
build: ## Build bin/darksocial
	@CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w" -o bin/darksocial ./cmd/darksocial

.PHONY: test
test: ## Run every test
	$(GO) vet ./...
	$(GO) test -count=1 ./...

.PHONY: check
check: ## What CI runs: formatting, generated files, tests with the race detector
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "run gofmt -w on:"; echo "$$unformatted"; exit 1; fi
	$(GO) mod verify
	$(GO) mod tidy -diff
	$(GO) vet ./...
	$(GO) test -count=1 -race ./...

.PHONY: bench
bench: ## Measure: one label, lines a second beside GoAccess (if installed), hostile input
	$(GO) test -run '^$$' -bench . -benchmem ./darksocial ./internal/edge ./cmd/darksocial

.PHONY: generate
generate: ## Write what is generated: docs/rules.md, the README's outputs
	$(GO) run ./cmd/darksocial rules --markdown > docs/rules.md.new && mv docs/rules.md.new docs/rules.md
	$(GO) test ./cmd/darksocial -run TestREADME -update

.PHONY: fuzz
fuzz: ## Fuzz every decoder and the classifier, FUZZTIME each
	@for package in ./darksocial ./internal/edge; do \
		for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$package || exit 1; \
		done; \
	done

.PHONY: clean
clean: ## Remove what was built
	rm -rf bin dist
