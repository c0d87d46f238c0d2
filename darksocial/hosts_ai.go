package darksocial

// aiHosts are assistants and answer engines. Their answers are nobody's share.
var aiHosts = []host{
	// OpenAI, Anthropic, Google, Microsoft, xAI, Meta
	{"ai.meta.com", "meta_ai"}, {"aistudio.google.com", "gemini"}, {"anthropic.com", "claude"}, {"bard.google.com", "gemini"},
	{"bing.com/chat", "copilot"}, {"bing.com/copilotsearch", "copilot"}, {"chat.com", "chatgpt"}, {"chat.openai.com", "chatgpt"},
	{"chatgpt.com", "chatgpt"}, {"claude.ai", "claude"}, {"claude.com", "claude"}, {"copilot.cloud.microsoft", "copilot"},
	{"copilot.com", "copilot"}, {"copilot.microsoft.com", "copilot"}, {"edgepilot.com", "copilot"},
	{"edgeservices.bing.com", "copilot"}, {"gemini.google", "gemini"}, {"gemini.google.com", "gemini"},
	{"github.com/copilot", "copilot"}, {"grok.com", "grok"}, {"m365.cloud.microsoft", "copilot"},
	{"makersuite.google.com", "gemini"}, {"meta.ai", "meta_ai"}, {"notebooklm.google", "notebooklm"},
	{"notebooklm.google.com", "notebooklm"}, {"openai.com", "chatgpt"}, {"search.brave.com/ask", "brave"},
	{"searchgpt.com", "chatgpt"}, {"sora.com", "chatgpt"}, {"sydney.bing.com", "copilot"},
	{"vertexaisearch.cloud.google.com", "gemini"}, {"x.ai", "grok"}, {"x.com/i/grok", "grok"},

	// Answer engines
	{"andi.co", "andi"}, {"andisearch.com", "andi"}, {"askcorpora.com", ""}, {"assistant.kagi.com", "kagi"}, {"bohrium.com", ""},
	{"consensus.app", "consensus"}, {"devv.ai", "devv"}, {"duck.ai", "duckduckgo"}, {"elicit.com", "elicit"},
	{"elicit.org", "elicit"}, {"epsilon-ai.com", ""}, {"exa.ai", "exa"}, {"explainthis.ai", ""}, {"felo.ai", "felo"},
	{"genspark.ai", "genspark"}, {"getliner.com", "liner"}, {"globe.engineer", ""}, {"hika.fyi", ""}, {"iask.ai", "iask"},
	{"kagi.com/assistant", "kagi"}, {"komo.ai", "komo"}, {"komo.com", "komo"}, {"liner.com", "liner"}, {"memo.ai", ""},
	{"metaphor.systems", "exa"}, {"metaso.cn", "metaso"}, {"morphic.sh", ""}, {"nelima.org", ""}, {"openevidence.com", ""},
	{"perplexica.io", ""}, {"perplexity.ai", "perplexity"}, {"perplexity.com", "perplexity"}, {"phind.com", "phind"},
	{"pplx.ai", "perplexity"}, {"scispace.com", ""}, {"scite.ai", "scite"}, {"search.arc.net", "arc"}, {"search.lepton.run", ""},
	{"storm.genie.stanford.edu", ""}, {"sudo.ai", ""}, {"thinkany.ai", ""}, {"turboseek.io", ""}, {"typeset.io", ""},
	{"upend.ai", ""}, {"waldo.fyi", ""}, {"websim.ai", ""}, {"you.com", "you.com"},

	// Chats with a character or with many models
	{"aichatting.net", ""}, {"ask-ai.org", ""}, {"askaichat.app", ""}, {"askyourpdf.com", ""}, {"big-agi.com", ""},
	{"blackbox.ai", ""}, {"candy.ai", ""}, {"chai-research.com", ""}, {"character.ai", "character.ai"}, {"chat-gpt.org", ""},
	{"chatbot.theb.ai", ""}, {"chatbotapp.ai", ""}, {"chatbox.ai", ""}, {"chatgpt.org", ""}, {"chatgptonline.net", ""},
	{"chathub.gg", ""}, {"chatllm.abacus.ai", ""}, {"chaton.ai", ""}, {"chatpdf.com", ""}, {"chatsonic.com", "writesonic"},
	{"cici.com", "cici"}, {"ciciai.com", "cici"}, {"cohere.com", "cohere"}, {"copy.ai", "copy.ai"}, {"crushon.ai", ""},
	{"deepai.org", "deepai"}, {"dust.tt", ""}, {"forefront.ai", ""}, {"freegpt.one", ""}, {"galaxy.ai", ""},
	{"getmerlin.in", "merlin"}, {"gptgo.ai", ""}, {"groq.com", "groq"}, {"heypi.com", "pi"}, {"hix.ai", ""},
	{"huggingface.co/chat", "huggingchat"}, {"humata.ai", ""}, {"inflection.ai", "pi"}, {"janitorai.com", ""},
	{"jasper.ai", "jasper"}, {"julius.ai", ""}, {"kindroid.ai", ""}, {"lmarena.ai", "lmarena"}, {"lmsys.org", "lmarena"},
	{"magai.co", ""}, {"manus.im", "manus"}, {"maxai.me", "maxai"}, {"merlin.foyer.work", "merlin"}, {"monica.im", "monica"},
	{"myshell.ai", ""}, {"nat.dev", ""}, {"nomi.ai", ""}, {"notegpt.io", ""}, {"nova.app", ""}, {"openrouter.ai", "openrouter"},
	{"pi.ai", "pi"}, {"poe.com", "poe"}, {"polybuzz.ai", ""}, {"quillbot.com", ""}, {"reka.ai", ""}, {"replika.com", "replika"},
	{"sider.ai", "sider"}, {"spicychat.ai", ""}, {"t3.chat", "t3_chat"}, {"talkai.info", ""}, {"talkie-ai.com", ""},
	{"together.ai", ""}, {"typingmind.com", ""}, {"use.ai", ""}, {"venice.ai", "venice"}, {"writesonic.com", "writesonic"},

	// Europe
	{"alice.yandex.*", "alice"}, {"alice.yandex.ru", "alice"}, {"chat.qwant.com", "qwant"}, {"euria.infomaniak.com", "euria"},
	{"giga.chat", "gigachat"}, {"gigachat.ru", "gigachat"}, {"langdock.com", ""}, {"lumo.me", "lumo"}, {"lumo.proton.me", "lumo"},
	{"mistral.ai", "mistral"}, {"ya.ru/alice", "alice"}, {"yandex.ru/alice", "alice"},

	// China, Japan, Korea, India
	{"baichuan-ai.com", ""}, {"chat.360.com", "360"}, {"chat.baidu.com", "ernie"}, {"chat.deepseek.com", "deepseek"},
	{"chat.ola.ai", ""}, {"chatglm.cn", "chatglm"}, {"chatglm.com", "chatglm"}, {"clova-x.naver.com", "clova"}, {"coze.cn", "coze"},
	{"coze.com", "coze"}, {"cue.search.naver.com", "clova"}, {"deepseek.com", "deepseek"}, {"doubao.com", "doubao"},
	{"ernie.baidu.com", "ernie"}, {"hailuo.ai", "minimax"}, {"hailuoai.com", "minimax"}, {"hunyuan.tencent.com", "yuanbao"},
	{"kimi.ai", "kimi"}, {"kimi.com", "kimi"}, {"krutrim.com", ""}, {"minimax.io", "minimax"}, {"minimaxi.com", "minimax"},
	{"moonshot.cn", "kimi"}, {"n.cn", "360"}, {"qianwen.com", "qwen"}, {"qwen.ai", "qwen"}, {"qwenlm.ai", "qwen"},
	{"so.360.com", "360"}, {"tiangong.cn", ""}, {"tongyi.aliyun.com", "qwen"}, {"tongyi.com", "qwen"},
	{"wenxin.baidu.com", "ernie"}, {"wrtn.ai", "wrtn"}, {"xinghuo.xfyun.cn", "spark"}, {"yiyan.baidu.com", "ernie"},
	{"yuanbao.tencent.com", "yuanbao"}, {"yuewen.cn", ""}, {"z.ai", "z.ai"},
}
