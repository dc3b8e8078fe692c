{{/* The name of everything: at most 40 characters, so that a suffix fits into a label of 63. In a chart
that includes this one twice, each by its alias, the two are told apart by it. */}}
{{- define "usher.name" -}}
{{- $long := printf "%s-%s" .Release.Name .Chart.Name -}}
{{- $given := contains .Chart.Name .Release.Name | ternary .Release.Name $long -}}
{{- .Values.fullnameOverride | default $given | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{/* What pods of one component are selected by; it must not change over upgrades. */}}
{{- define "usher.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "usher.labels" -}}
{{- with .root.Values.labels }}
{{- toYaml . }}
{{ end -}}
{{ include "usher.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: usher-{{ .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* An object's name, namespace, labels and annotations: a dict of root, component, and what differs. */}}
{{- define "usher.metadata" -}}
name: {{ .name | default (printf "%s%s" (include "usher.name" .root) (.suffix | default "")) }}
namespace: {{ .namespace | default .root.Release.Namespace }}
labels:
  {{- include "usher.labels" . | nindent 2 }}
  {{- with .extraLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "usher.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "usher.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (include "usher.name" .) }}
{{- end }}

{{/* What every container is held to; the pod security standard `restricted` asks for it. */}}
{{- define "usher.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "usher.podSecurity" -}}
runAsNonRoot: true
{{- range $key, $id := .Values.pods.securityContext }}
{{- if not (kindIs "invalid" $id) }}
{{ $key }}: {{ $id | int64 }}
{{- end }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* The gateway's configuration, as a document. */}}
{{- define "usher.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- if .Values.tryRedis.enabled -}}
{{- $url := printf "redis://%s-try-redis:6379" (include "usher.name" .) -}}
{{- $_ := set $config "store" (dict "redis" (dict "url" $url)) -}}
{{- end -}}
{{- toYaml $config -}}
{{- end }}

{{/* What of the configuration a running gateway cannot take over: a change of it rolls the pods. */}}
{{- define "usher.fixedAtStart" -}}
{{- pick (include "usher.config" . | fromYaml) "listen" "ops" "store" "keys" "drain" | toJson -}}
{{- end }}

{{- define "usher.visitorsPort" -}}{{ ((.Values.config.listen).port) | default 8080 | int }}{{- end }}
{{- define "usher.opsPort" -}}{{ ((.Values.config.ops).port) | default 9090 | int }}{{- end }}

{{/* The seconds of a duration such as 1m30s, rounded up. */}}
{{- define "usher.seconds" -}}
{{- $hours := regexFind "[0-9]+h" . | trimSuffix "h" | int64 -}}
{{- $minutes := regexFind "[0-9]+m" (regexReplaceAll "[0-9]+ms" . "") | trimSuffix "m" | int64 -}}
{{- $seconds := regexFind "[0-9]+s" . | trimSuffix "s" | int64 -}}
{{- $millis := regexFind "[0-9]+ms" . | trimSuffix "ms" | int64 -}}
{{- add (mul $hours 3600) (mul $minutes 60) $seconds (div (add $millis 999) 1000) -}}
{{- end }}

{{/* The services of the upstreams: {"namespaces": {NAMESPACE: [SERVICE, ...]}, "zones": BOOLEAN}. */}}
{{- define "usher.services" -}}
{{- $namespaces := dict -}}
{{- $zones := false -}}
{{- $gates := dict -}}
{{- range $name, $upstream := .Values.config.upstreams -}}
{{- with $upstream.kubernetes -}}
{{- $namespace := .namespace | default $.Release.Namespace -}}
{{- $known := get $namespaces $namespace | default list -}}
{{- $_ := set $namespaces $namespace (append $known .service | uniq) -}}
{{- $zones = or $zones (ne (.zones | default "prefer") "ignore") -}}
{{- if .readinessGate -}}{{- $_ := set $gates $namespace true -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- dict "namespaces" $namespaces "zones" $zones "gates" $gates | toJson -}}
{{- end }}

{{/* The hosts of all rooms, as a list; empty when some room guards every host. */}}
{{- define "usher.hosts" -}}
{{- $hosts := list -}}
{{- $any := false -}}
{{- range $name, $room := .Values.config.rooms -}}
{{- $any = or $any (empty ($room).hosts) -}}
{{- $hosts = concat $hosts (($room).hosts | default list) -}}
{{- end -}}
{{- $any | ternary list ($hosts | join " " | lower | splitList " " | uniq) | toJson -}}
{{- end }}

{{/* Whether replicas share a Redis: "true", or nothing. */}}
{{- define "usher.shared" -}}
{{- if or .Values.tryRedis.enabled .Values.redis.existingSecret ((.Values.config.store).redis) -}}true{{- end -}}
{{- end }}

{{/* Refuses values that the schema cannot, each by its key and with what to do. */}}
{{- define "usher.check" -}}
{{- $v := .Values -}}
{{- $example := "see the example at the top of values.yaml, and docs/configuration.md" -}}
{{- if not $v.config.upstreams -}}
{{- fail (printf "config.upstreams must name the pods to protect but is empty: %s" $example) -}}
{{- end -}}
{{- if not $v.config.rooms -}}
{{- fail (printf "config.rooms must name a waiting room but is empty: %s" $example) -}}
{{- end -}}
{{- range $name, $upstream := $v.config.upstreams -}}
{{- if eq (empty $upstream.pods) (empty $upstream.kubernetes) -}}
{{- fail (printf "config.upstreams.%s must have either kubernetes or pods" $name) -}}
{{- end -}}
{{- end -}}
{{- range $group := list "listen" "ops" -}}
{{- $port := (get $v.config $group | default dict).port -}}
{{- if and (not (kindIs "invalid" $port)) (eq ($port | int) 0) -}}
{{- fail (printf "config.%s.port must be the port that the Service leads to but was 0" $group) -}}
{{- end -}}
{{- $host := (get $v.config $group | default dict).host | default "" -}}
{{- if or (hasPrefix "127." $host) (has $host (list "localhost" "::1")) -}}
{{- fail (printf "config.%s.host must be reached from outside the pod but was %s: leave it out" $group $host) -}}
{{- end -}}
{{- end -}}
{{- include "usher.checkStore" . -}}
{{- include "usher.checkKey" . -}}
{{- include "usher.checkScaling" . -}}
{{- if and (not $v.serviceAccount.create) (not $v.serviceAccount.name) -}}
{{- fail "serviceAccount.name must name your service account when serviceAccount.create is false" -}}
{{- end -}}
{{- if and $v.httpRoute.enabled (not $v.httpRoute.parentRefs) -}}
{{- fail "httpRoute.parentRefs must name a Gateway, such as [{name: public}], but is empty" -}}
{{- end -}}
{{- end }}

{{- define "usher.checkStore" -}}
{{- $v := .Values -}}
{{- $many := $v.autoscaling.enabled | ternary $v.autoscaling.maxReplicas $v.replicas | int -}}
{{- $key := $v.autoscaling.enabled | ternary "autoscaling.maxReplicas" "replicas" -}}
{{- if and (gt $many 1) (not (include "usher.shared" .)) -}}
{{- fail (printf "config.store.redis must say where the Redis is that the replicas share, because %s is %d: set config.store.redis.url or redis.existingSecret; or, for a first try, set tryRedis.enabled to true, or replicas to 1" $key $many) -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (gt ($v.autoscaling.minReplicas | int) $many) -}}
{{- fail (printf "autoscaling.minReplicas must be at most autoscaling.maxReplicas, %d, but was %d" $many ($v.autoscaling.minReplicas | int)) -}}
{{- end -}}
{{- if and $v.tryRedis.enabled (or $v.redis.existingSecret (($v.config.store).redis)) -}}
{{- fail "tryRedis.enabled must be false when config.store.redis or redis.existingSecret names a Redis" -}}
{{- end -}}
{{- end }}

{{- define "usher.checkScaling" -}}
{{- $keda := .Values.scaling.keda -}}
{{- $named := list -}}
{{- range $upstream, $config := .Values.config.upstreams -}}
{{- if $config.kubernetes -}}
{{- $named = append $named $upstream -}}
{{- $target := get $keda.targets $upstream | default dict -}}
{{- $min := $target.minReplicas | default $keda.minReplicas | int -}}
{{- $max := $target.maxReplicas | default $keda.maxReplicas | int -}}
{{- if and $keda.enabled (gt $min $max) -}}
{{- fail (printf "scaling.keda.maxReplicas must be at least minReplicas, %d, but was %d for upstream %s" $min $max $upstream) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $upstream, $target := $keda.targets -}}
{{- if not (has $upstream $named) -}}
{{- fail (printf "scaling.keda.targets must name upstreams with kubernetes, one of %s, but named %s" (join ", " $named) $upstream) -}}
{{- end -}}
{{- end -}}
{{- if and $keda.enabled (not $named) -}}
{{- fail "scaling.keda.enabled must be false where no upstream has kubernetes: what to scale follows from its Service" -}}
{{- end -}}
{{- end }}

{{- define "usher.checkKey" -}}
{{- $v := .Values -}}
{{- if and $v.key.generate $v.key.existingSecret -}}
{{- fail "key.generate must be false when key.existingSecret names a Secret" -}}
{{- end -}}
{{- if not (or $v.key.generate $v.key.existingSecret (($v.config.keys).file)) -}}
{{- $make := `--from-literal=USHER_KEY="k1:$(openssl rand -base64 32 | tr '+/' '-_' | tr -d '=')"` -}}
{{- fail (printf "key.existingSecret must name the Secret with the signing key but is empty. Make it once, and set key.existingSecret=usher-key:\n\n  kubectl -n %s create secret generic usher-key \\\n    %s\n\nor, for a first try, set key.generate to true." .Release.Namespace $make) -}}
{{- end -}}
{{- end }}
