# Everything a person types. `make` alone lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash

GO ?= go
FUZZTIME ?= 30s
# What hangs is stopped. The tests in a browser take six minutes where all else runs beside them on two cores.
TIMEOUT ?= 30m
export CHROMIUM ?= /usr/bin/chromium

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Records and tables lie in bin/demo, and stay there to be looked at.
.PHONY: run
run: ## Run it all on this machine: a CDN, a demo site with a day behind it, the tables, the report
	@echo "Building (the first time takes a minute or two) …" >&2
	@$(GO) build -o bin/darksocial ./cmd/darksocial
	@bin/darksocial serve --store bin/demo --site www.example.com --report 127.0.0.1:8090 --replay events/sample/www.example.com.2026-11-20.log.gz

.PHONY: build
build: functions ## Build bin/darksocial, and the functions as Terraform deploys them: dist/*.zip, the same bytes everywhere
	@CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w" -o bin/darksocial ./cmd/darksocial

# One rule for every function: dist/label.zip, dist/rollup.zip, … as Lambda takes them.
FUNCTIONS := $(patsubst functions/%/main.go,%,$(wildcard functions/*/main.go))
.PHONY: functions
functions: $(FUNCTIONS:%=dist/%.zip)
dist/%.zip: FORCE
	@CGO_ENABLED=0 GOOS=linux GOARCH=arm64 $(GO) build -tags lambda.norpc -trimpath -ldflags "-s -w" -o dist/$*/bootstrap ./functions/$*
	@$(GO) run github.com/aws/aws-lambda-go/cmd/build-lambda-zip -o $@ dist/$*/bootstrap
FORCE:

# In your account, with your credentials. EXAMPLE is a folder of terraform/examples; copy it, and put your site in.
EXAMPLE ?= complete
.PHONY: deploy
deploy: functions ## Deploy an example with Terraform: make deploy EXAMPLE=complete
	terraform -chdir=terraform/examples/$(EXAMPLE) init
	terraform -chdir=terraform/examples/$(EXAMPLE) apply

.PHONY: preflight
preflight: ## Say what is in the way of attaching it to a distribution: make preflight SITE=E123ABC
	@$(GO) run ./cmd/darksocial preflight --distribution "$(SITE)"

.PHONY: verify
verify: ## Send a marked visit through a deployed site and follow it: make verify SITE=www.example.com TABLE=… LAKE=…
	@$(GO) run ./cmd/darksocial verify "https://$(SITE)/" --table "$(TABLE)" --lake "s3://$(LAKE)"

# Scripts are built into internal/web and internal/report, and committed: Go alone builds the rest.
.PHONY: web
web: web/node_modules/.package-lock.json ## Build what runs in browsers, of web/: the scripts of the site's pages, and the report
	npm run --silent --prefix web build

# The engines that tests run the stores against: see internal/engine.
ENGINES := internal/engine/node_modules/.package-lock.json web/node_modules/.package-lock.json bin/engines/versitygw
.PHONY: engines
engines: $(ENGINES) ## Install what the tests need: engines that speak DynamoDB, S3 and SQL, and what drives a browser
%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	npm ci --prefix $* --no-audit --no-fund
	@touch $@
bin/engines/versitygw: internal/engine/versitygw/go.mod internal/engine/versitygw/go.sum
	@echo "Building the S3 engine of the tests (a minute or two, once) …" >&2
	@CGO_ENABLED=0 $(GO) build -C internal/engine/versitygw -trimpath -ldflags "-s -w" -o "$(CURDIR)/$@" github.com/versity/versitygw/cmd/versitygw
	@touch $@

.PHONY: test
test: $(ENGINES) ## Run every test
	@command -v terraform >/dev/null || echo "Terraform is not installed. Not run: fmt, validate, test and plan of the module in terraform/." >&2
	@[ -x "$(CHROMIUM)" ] || echo "Chromium is not installed (CHROMIUM=…). Not run: the page's script in a browser." >&2
	$(GO) vet ./...
	$(GO) test -count=1 -timeout $(TIMEOUT) ./...

.PHONY: check
check: $(ENGINES) ## What CI runs: formatting, generated files, tests with the race detector, none left out
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "run gofmt -w on:"; echo "$$unformatted"; exit 1; fi
	$(GO) mod verify
	$(GO) mod tidy -diff
	$(GO) vet ./...
	DARKSOCIAL_REQUIRE_ALL=1 $(GO) test -count=1 -race -timeout $(TIMEOUT) $$($(GO) list ./... | grep -v /internal/browsertest) # a browser's tests race in the browser: make test runs them

.PHONY: bench
bench: ## Measure: a label, lines a second beside GoAccess (if installed), hits a second, a day's memory, the start of a function
	$(GO) test -run '^$$' -bench . -benchmem ./darksocial/... ./internal/edge ./internal/runs ./internal/embedded ./internal/dynamo ./internal/job ./internal/web ./internal/edgefunction ./internal/cost ./functions ./cmd/darksocial

.PHONY: generate
generate: web ## Write what is generated: docs, the README's outputs, the page's script, the answers to recorded events
	$(GO) run ./cmd/darksocial rules --markdown > docs/rules.md.new && mv docs/rules.md.new docs/rules.md
	$(GO) test ./cmd/darksocial -run TestREADME -update
	$(GO) test ./darksocial/rollup -run TestTablesPage -update
	$(GO) test ./internal/terraform -run 'TestREADME|TestTables|TestCodeParameter' -update
	$(GO) test ./internal/cost -run TestPage -update
	$(GO) test ./internal/simulate -run Recorded -update
	$(GO) test ./internal/job ./cmd/darksocial -run TestRecordedEvents -update

.PHONY: fuzz
fuzz: ## Fuzz every decoder and the classifier, FUZZTIME each
	@for package in ./darksocial ./darksocial/record ./darksocial/share ./internal/edge ./internal/edgefunction ./internal/orders ./internal/web ./internal/runs; do \
		for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x $$package || exit 1; \
		done; \
	done

.PHONY: clean
clean: ## Remove what was built
	rm -rf bin dist
